import { describe, expect, test } from 'vitest';
import { parseOpml } from '../../src/gather/parse-opml.ts';
import { writeOpml } from '../../src/gather/write-opml.ts';

describe('an OPML document', () => {
  test('that declares a billion laughs is read without one', () => {
    const laughs = Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};">`);
    const text = `<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY l0 "ha">${laughs.join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>
<opml version="2.0"><body><outline text="&l30; &f;" xmlUrl="https://example.org/feed"/></body></opml>`;
    const { feeds, refused } = parseOpml(text);
    expect(feeds).toEqual([{ url: 'https://example.org/feed', title: '&l30; &f;', folders: [] }]);
    expect(refused).toEqual([]);
  });

  test('gives every feed with its title and the folders around it, the nearest first', () => {
    const text = `<opml version="1.1"><body>
<outline text="News"><outline title="World" text="W">
  <outline type="rss" text="A &amp; B &#8212; C" XMLURL="https://example.org/a?x=1&amp;y=2" category="/Sea/Ferries"/>
</outline><outline text="B" xmlUrl="feed://example.org/b"/></outline>
<outline text="Docs" type="link" url="https://example.org/docs"/>
</body></opml>`;
    expect(parseOpml(text)).toEqual({
      feeds: [
        {
          url: 'https://example.org/a?x=1&y=2',
          title: 'A & B — C',
          folders: ['World', 'News', 'Sea', 'Ferries'],
        },
        { url: 'http://example.org/b', title: 'B', folders: ['News'] },
      ],
      refused: [],
    });
  });

  test('that is broken gives what can be used, and says what cannot with its line', () => {
    const text = `<opml version="2.0">
<body>
<outline text="Good" xmlUrl="https://example.org/good"/>
<outline text="Empty" type="rss"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>

<outline text="Open" xmlUrl="https://example.org/open">
<outline text="Cut" xmlUrl="https://exam`;
    const { feeds, refused } = parseOpml(text);
    expect(feeds.map(({ title }) => title)).toEqual(['Good', 'Open']);
    expect(refused).toEqual([
      { line: 4, why: '“Empty” has no xmlUrl' },
      { line: 5, why: '“Script”: “javascript:alert(1)” is not an http(s) address' },
      { line: 8, why: 'the document breaks off before </opml>' },
    ]);
  });

  test('nested a hundred thousand deep, or a million feeds long, is left in good time', () => {
    const deep = parseOpml(`<opml><body>${'<outline text="x">'.repeat(100_000)}`);
    expect(deep.refused.length).toBeGreaterThan(0);
    const long = parseOpml(
      `<opml>${'<outline xmlUrl="http://a.example/"/>'.repeat(300_000)}</opml>`,
    );
    expect(long.feeds.length).toBe(10_000);
  });

  test('written by us reads as it was', () => {
    const feeds = [
      {
        url: 'https://example.org/?a=1&b="2"',
        title: 'Ben & <Cleo>',
        language: 'en',
        folder: null,
      },
      { url: 'https://example.org/b', title: 'B', language: null, folder: 'Money & more' },
    ];
    expect(parseOpml(writeOpml('The “Morning” & co', feeds))).toEqual({
      feeds: [
        { url: 'https://example.org/?a=1&b=%222%22', title: 'Ben & <Cleo>', folders: [] },
        { url: 'https://example.org/b', title: 'B', folders: ['Money & more'] },
      ],
      refused: [],
    });
  });

  test('that is a web page is refused', () => {
    expect(parseOpml('<html><body>no</body></html>')).toEqual({
      feeds: [],
      refused: [{ line: 1, why: 'there is no <opml> in it' }],
    });
  });
});
