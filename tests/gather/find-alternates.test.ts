import { describe, expect, it } from 'vitest';
import { findAlternates } from '../../src/gather/find-alternates.ts';

const PAGE = 'https://example.org/news/today';

describe('the feeds of a page', () => {
  it('are those it names, each once and in order', () => {
    const head =
      '<link rel="alternate" type="application/rss+xml" href="/rss.xml">' +
      '<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="/feed.atom">' +
      '<link rel="alternate home" type="application/feed+json" href="feed.json">' +
      '<link rel="alternate" type="application/rss+xml" href="/rss.xml">' +
      '<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="/feed">' +
      '<a href="/other/feed">';
    expect(findAlternates(head, PAGE)).toEqual([
      'https://example.org/rss.xml',
      'https://example.org/feed.atom',
      'https://example.org/news/feed.json',
    ]);
  });

  it.each([
    ['/feed/', true],
    ['rss.xml', true],
    ['/blog/atom', true],
    ['index.rdf', true],
    ['/rss?lang=en', true],
    ['/feedback', false],
    ['/about#feed', false],
    ['/atomic', false],
  ])('that names none may be at %s: %s', (href, isFound) => {
    expect(findAlternates(`<a href="${href}">x</a>`, PAGE).length > 0).toBe(isFound);
  });

  it('are looked for where the page says its links begin', () => {
    const html = '<base href="/en/"><base href="http://["><a href="feed">x</a>';
    expect(findAlternates(html, PAGE)).toEqual(['https://example.org/en/feed']);
  });
});
