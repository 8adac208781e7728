import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/gather/parse-feed.ts';

const NAMESPACES =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"';

function parse(text: string) {
  return parseFeed(Buffer.from(text), {
    contentType: 'text/xml',
    url: 'https://example.org/s.xml',
  });
}

describe('a sitemap of news', () => {
  test('is read like a feed, whatever its prefixes, and pages without news are left out', () => {
    const parsed = parse(`<?xml version="1.0"?><urlset ${NAMESPACES}>
<url><loc>https://example.org/about</loc></url>
<url><loc>https://example.org/bridge?a=1&amp;b=2</loc><lastmod>2026-03-09T07:00:00Z</lastmod>
<n:news><n:publication><n:name>Harbour Times</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-03-09T06:30:00+01:00</n:publication_date><n:title>Bridge &lt;b&gt; opens &amp; closes</n:title>
<n:keywords>bridge, harbour</n:keywords></n:news>
<image:image><image:loc>https://example.org/b.jpg</image:loc></image:image></url></urlset>`);
    expect(parsed).toMatchObject({
      format: 'news-sitemap',
      title: 'Harbour Times',
      language: 'en',
    });
    expect('entries' in parsed && parsed.entries).toMatchObject([
      {
        title: 'Bridge <b> opens & closes',
        url: 'https://example.org/bridge?a=1&b=2',
        publishedAt: '2026-03-09T05:30:00.000Z',
        updatedAt: '2026-03-09T07:00:00.000Z',
        categories: ['bridge', 'harbour'],
        image: 'https://example.org/b.jpg',
        language: 'en',
      },
    ]);
  });

  test('without news, or a list of sitemaps, says what it is', () => {
    expect(
      parse(`<urlset ${NAMESPACES}><url><loc>https://example.org/</loc></url></urlset>`),
    ).toEqual({
      error: 'The document is a sitemap, but not one of news.',
      alternates: [],
    });
    const index =
      '<sitemapindex><sitemap><loc>https://example.org/news.xml</loc></sitemap></sitemapindex>';
    expect(parse(index)).toMatchObject({ alternates: ['https://example.org/news.xml'] });
  });

  test('of 5,000 pages gives 2,000 articles', () => {
    const page = '<url><loc>https://example.org/a</loc><n:news><n:title>A</n:title></n:news></url>';
    const parsed = parse(`<urlset ${NAMESPACES}>${page.repeat(5_000)}</urlset>`);
    expect('entries' in parsed && parsed.entries.length).toBe(2_000);
  });
});
