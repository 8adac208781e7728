import { describe, expect, it } from 'vitest';
import { openFeedParser } from '../../src/gather/open-feed-parser.ts';
import { parseFeed } from '../../src/gather/parse-feed.ts';

const OPTIONS = { contentType: null, url: 'https://harbour.example/feed' };

function writeFeed(entries: number): Buffer {
  const items = Array.from(
    { length: entries },
    (_, index) =>
      `<item><title>Ferry ${index}</title><description>${'Caf\u00e9 &amp; quay. '.repeat(60)}</description></item>`,
  );
  return Buffer.from(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
}

describe('a large document', () => {
  const large = writeFeed(1_500);

  it('is read as a small one is, while the program goes on', async () => {
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    const parser = openFeedParser();
    const [first, small, second] = await Promise.all([
      parser.parse(large, OPTIONS),
      parser.parse(writeFeed(1), OPTIONS),
      parser.parse(large, OPTIONS),
    ]);
    clearInterval(count);
    const expected = parseFeed(large, { ...OPTIONS, isRaw: true });
    expect(first).toEqual(expected);
    expect(second).toEqual(expected);
    expect(small).toEqual(parseFeed(writeFeed(1), { ...OPTIONS, isRaw: true }));
    expect(turns).toBeGreaterThan(5);
  });

  it.each([
    [{ parseMs: 1 }, /takes longer than/],
    [{ memoryMb: 4 }, /needs more memory/],
  ])('beyond %j is refused in words, and the next is read', async (limits, words) => {
    expect(await openFeedParser(limits).parse(large, OPTIONS)).toMatchObject({
      error: expect.stringMatching(words) as string,
    });
    expect(await openFeedParser(limits).parse(writeFeed(2), OPTIONS)).toHaveProperty('entries');
  });
});
