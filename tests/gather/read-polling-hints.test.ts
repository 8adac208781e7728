import { describe, expect, it } from 'vitest';
import { NO_HINTS } from '../../src/domain/feed.ts';
import { readPollingHints } from '../../src/gather/read-polling-hints.ts';

function read(inside: string, encoding: BufferEncoding = 'utf8') {
  const text = `<rss version="2.0"><channel><title>Harbour</title>${inside}</channel></rss>`;
  return readPollingHints(Buffer.from(text, encoding));
}

describe('what a feed asks of those who poll it', () => {
  it.each([
    ['<ttl>90</ttl>', 90],
    ['<ttl> 90\n</ttl>', 90],
    ['<ttl>0</ttl>', null],
    ['<ttl>-5</ttl>', null],
    ['<ttl>soon</ttl>', null],
    ['<ttl/>', null],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>', 30],
    ['<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod>', 1440],
    ['<syn:updatePeriod xmlns:syn="x">Weekly</syn:updatePeriod>', 10_080],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', 60],
    ['<sy:updatePeriod>constructor</sy:updatePeriod>', null],
    ['<sy:updateFrequency>4</sy:updateFrequency>', null],
    ['<ttl>20</ttl><sy:updatePeriod>hourly</sy:updatePeriod>', 60],
    ['', null],
  ])('of %j is so many minutes: %s', (inside, minutes) => {
    expect(read(inside)).toEqual({ ...NO_HINTS, minutes });
  });

  it('may be hours and days to leave out', () => {
    const hours =
      '<skipHours><hour>0</hour> <hour>24</hour><hour>7</hour><hour>99</hour></skipHours>';
    const days = '<skipDays><day>Saturday</day><day>sunday</day><day>Caturday</day></skipDays>';
    expect(read(hours + days)).toEqual({
      minutes: null,
      skippedHours: [0, 7],
      skippedDays: [6, 7],
    });
  });

  it('is read from UTF-16 too, and from the first 64 KB only', () => {
    expect(read('<ttl>90</ttl>', 'utf16le').minutes).toBe(90);
    expect(read(`${' '.repeat(70_000)}<ttl>90</ttl>`).minutes).toBeNull();
  });

  it('is nothing in JSON, in nothing and in a document made to take long', () => {
    expect(readPollingHints(Buffer.from('{"version":"x","ttl":5}'))).toEqual(NO_HINTS);
    expect(readPollingHints(new Uint8Array())).toEqual(NO_HINTS);
    for (const piece of ['<ttl', '<ttl ', '<skipHours>', '<a:', '<ttl>5x ', '<updatePeriod>x'])
      expect(read(piece.repeat(10_000)).minutes).toBeNull();
  });
});
