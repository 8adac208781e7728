import { describe, expect, it } from 'vitest';
import { canonicalizeUrl } from '../../src/gather/canonicalize-url.ts';
import { keyText } from '../../src/gather/key-text.ts';
import { nameOutlet } from '../../src/gather/name-outlet.ts';
import { normalizeEntry } from '../../src/gather/normalize-entry.ts';
import type { Entry } from '../../src/gather/parse-feed.ts';

const NOW = '2025-03-03T06:00:00.000Z';
const FEED = {
  url: 'https://feeds.example.org/news.xml',
  siteUrl: 'https://www.example.org/',
  outlet: 'The Harbour Gazette',
  language: null,
};
const AGGREGATOR = { url: 'https://agg.example.com/rss', siteUrl: null, outlet: null };

const ENTRY: Entry = {
  id: null,
  title: 'Ferry strike ends after nine days',
  url: 'https://www.example.org/strike',
  publishedAt: '2025-03-03T05:00:00.000Z',
  updatedAt: null,
  summary: 'The crews go back to work on Tuesday after nine days of talks with the harbour board.',
  summaryHtml: null,
  contentHtml: null,
  authors: [],
  categories: [],
  enclosures: [],
  image: null,
  comments: null,
  language: null,
  source: null,
};

function normalize(changes: Partial<Entry>, feed: Partial<typeof FEED> = {}) {
  return normalizeEntry({ ...ENTRY, ...changes }, { feed: { ...FEED, ...feed }, now: NOW });
}

describe('an entry', () => {
  it('becomes an article keyed by its canonical URL', () => {
    expect(
      normalize({
        url: 'HTTPS://WWW.Example.org:443/Strike?utm_source=rss&id=7#top',
        contentHtml: `<p>${'The crews of the ferries go back to work. '.repeat(5)}</p>`,
        categories: ['Business'],
        image: 'https://www.example.org/ferry.jpg',
      }),
    ).toEqual({
      key: 'https://www.example.org/Strike?id=7',
      url: 'https://www.example.org/Strike?id=7',
      title: 'Ferry strike ends after nine days',
      summary: ENTRY.summary,
      text: 'The crews of the ferries go back to work. '.repeat(5).trim(),
      outlet: { key: 'example.org', name: 'The Harbour Gazette' },
      language: 'en',
      publishedAt: '2025-03-03T05:00:00.000Z',
      isDateGuessed: false,
      image: { url: 'https://www.example.org/ferry.jpg', width: null, height: null, alt: '' },
      categories: ['Business'],
    });
  });

  it('without a URL is keyed by its words, whatever their spacing and case', () => {
    const one = normalize({ url: null });
    const same = normalize({ url: null, title: '  FERRY strike ends — after nine days!' });
    const other = normalize({ url: null, title: 'Ferry strike goes on' });
    expect(one?.key).toMatch(/^text:[0-9a-f]{64}$/);
    expect(same?.key).toBe(one?.key);
    expect(other?.key).not.toBe(one?.key);
    expect(normalize({ url: 'javascript:alert(1)' })).toMatchObject({ url: null, key: one?.key });
    expect(keyText('a.org', 'Some text')).not.toBe(keyText('b.org', 'Some text'));
  });

  it.each([
    ['Ferry strike ends - The Harbour Gazette', 'Ferry strike ends'],
    ['Ferry strike ends | the harbour gazette', 'Ferry strike ends'],
    ['Ferry strike ends – example.org', 'Ferry strike ends'],
    ['Ferry strike - the end - The Harbour Gazette', 'Ferry strike - the end'],
    ['Ferry strike ends - Nobody Knows Why', 'Ferry strike ends - Nobody Knows Why'],
    ['The Harbour Gazette', 'The Harbour Gazette'],
    ['<b>not</b> markup any more', '<b>not</b> markup any more'],
  ])('titled “%s” is called “%s”', (title, expected) => {
    expect(normalize({ title })?.title).toBe(expected);
  });

  it('without a title is called after the first sentence of its summary', () => {
    const summary = 'The crews go back to work. Talks took nine days.';
    expect(normalize({ title: null, summary })?.title).toBe('The crews go back to work.');
    expect(
      normalize({ title: '', summary: null, contentHtml: '<p>Only content.</p>' })?.title,
    ).toBe('Only content.');
  });

  it('with neither title nor text is no article', () => {
    expect(
      normalize({ title: ' \u200b ', summary: '', contentHtml: '<img src="x.png">' }),
    ).toBeNull();
  });

  it('keeps a summary of whole sentences up to 600 characters, and a text up to 20,000', () => {
    const sentence = 'The harbour board said on Monday that the talks had ended well. ';
    const article = normalize({ summary: sentence.repeat(20), contentHtml: sentence.repeat(600) });
    expect(article?.summary).toBe(sentence.repeat(9).trim());
    expect(article?.text.length).toBeLessThanOrEqual(20_000);
    expect(article?.text.length).toBeGreaterThan(19_900);
    const endless = normalize({ summary: 'word '.repeat(1_000) })?.summary ?? '';
    expect(endless.length).toBeLessThanOrEqual(600);
    expect(endless.endsWith('word…')).toBe(true);
  });

  it.each([
    ['2025-03-03T05:00:00.000Z', null, '2025-03-03T05:00:00.000Z', false],
    ['2031-01-01T00:00:00.000Z', null, NOW, false],
    [null, '2025-03-02T00:00:00.000Z', '2025-03-02T00:00:00.000Z', false],
    ['1970-01-01T00:00:00.000Z', null, NOW, true],
    [null, null, NOW, true],
  ])('dated %s, updated %s, is of %s', (...dates) => {
    const [publishedAt, updatedAt, expected, isDateGuessed] = dates;
    expect(normalize({ publishedAt, updatedAt })).toMatchObject({
      publishedAt: expected,
      isDateGuessed,
    });
  });

  it('speaks the language it says, else its feed’s, else the one it is written in', () => {
    expect(normalize({ language: 'de-AT' }, { language: 'fr' as never })?.language).toBe('de');
    expect(normalize({}, { language: 'pt_BR' as never })?.language).toBe('pt');
    expect(normalize({ language: '???' })?.language).toBe('en');
  });

  it('shows no image that is not on the web', () => {
    expect(normalize({ image: 'data:image/png;base64,AAAA' })?.image).toBeNull();
    expect(normalize({ image: 'javascript:alert(1)' })?.image).toBeNull();
  });
});

describe('the outlet', () => {
  const url = (address: string | null) => ({ ...ENTRY, url: address });

  it('is the owner’s choice for an article on the feed’s own domain', () => {
    expect(nameOutlet(url('https://news.example.org/1'), FEED)).toEqual({
      key: 'example.org',
      name: 'The Harbour Gazette',
    });
  });

  it('is the other publisher for what an aggregator links to', () => {
    const article = url('https://www.valleypost.co.uk/1');
    expect(nameOutlet(article, AGGREGATOR)).toEqual({
      key: 'valleypost.co.uk',
      name: 'valleypost.co.uk',
    });
    const source = { title: 'The Valley Post', url: 'https://www.valleypost.co.uk/' };
    expect(nameOutlet({ ...article, source }, AGGREGATOR).name).toBe('The Valley Post');
  });

  it('is the named source where an aggregator links through itself', () => {
    const source = { title: 'The Valley Post', url: 'https://valleypost.co.uk/' };
    expect(nameOutlet({ url: 'https://agg.example.com/a/1', source }, AGGREGATOR)).toEqual({
      key: 'valleypost.co.uk',
      name: 'The Valley Post',
    });
  });

  it('tells two blogs on one host apart', () => {
    expect(nameOutlet(url('https://ada.github.io/1'), AGGREGATOR).key).toBe('ada.github.io');
  });

  it('of an article without a URL is keyed by the owner’s name or the feed’s domain', () => {
    expect(nameOutlet(url(null), FEED).key).toBe('the-harbour-gazette');
    expect(nameOutlet(url(null), AGGREGATOR).key).toBe('example.com');
  });
});

describe('a canonical URL', () => {
  it.each([
    ['HTTP://Example.ORG:80/A/b/?b=2&a=1', 'http://example.org/A/b/?b=2&a=1'],
    [
      'https://example.org/?utm_source=x&UTM_Medium=y&fbclid=z&gclid=1&mc_cid=2',
      'https://example.org/',
    ],
    ['https://example.org/a?', 'https://example.org/a'],
    [
      'https://example.org/a?id=%20x&utm_campaign=b&q=a+b#frag',
      'https://example.org/a?id=%20x&q=a+b',
    ],
    ['https://ada:pw@example.org/', 'https://example.org/'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['mailto:ada@example.org', null],
    ['ftp://example.org/', null],
    ['/relative', null],
    ['', null],
  ])('of %s is %s', (url, canonical) => {
    expect(canonicalizeUrl(url)).toBe(canonical);
    if (canonical) expect(canonicalizeUrl(canonical)).toBe(canonical);
  });
});
