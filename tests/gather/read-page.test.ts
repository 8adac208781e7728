import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPageReader, type PageReader } from '../../src/gather/open-page-reader.ts';
import { readPage } from '../../src/gather/read-page.ts';
import { PARAGRAPHS, TITLE, writePage } from './sample-pages.ts';

const URL_OF_PAGE = 'https://harbour.example/news/bridge';
const OWNER = { title: TITLE, outlet: 'Harbour Times' };

describe('a hostile page', () => {
  let reader: PageReader;
  beforeAll(() => (reader = openPageReader({ readMs: 4_000 })));
  afterAll(() => reader.close());

  const paragraphs = PARAGRAPHS.repeat(3);
  const hostile: readonly (readonly [string, string])[] = [
    ['100,000 nested divs', `<body>${'<div>'.repeat(100_000)}${paragraphs}`],
    ['100,000 unclosed paragraphs', `<body>${'<p>'.repeat(100_000)}${paragraphs}`],
    ['10 MB of text', `<body><p>${'harbour bridge opens late '.repeat(400_000)}`],
    [
      '200,000 scripts',
      `<body>${'<script>document.write("<p>x</p>")</script>'.repeat(200_000)}${paragraphs}`,
    ],
    ['a script that never ends', `<body>${paragraphs}<script>${'x<p>'.repeat(1_000_000)}`],
    ['200,000 attributes', `<body><div ${'a=b '.repeat(200_000)}>${paragraphs}`],
    ['nested tables', `<body>${'<table><tr><td>'.repeat(5_000)}${paragraphs}`],
    ['5 MB of brackets', '<'.repeat(5_000_000)],
    ['nothing', ''],
    ['no words', '<html></html>'],
  ];

  test.each(hostile)(
    'of %s neither stops the program nor gives more than 20,000 characters',
    async (_, html) => {
      const page = { url: URL_OF_PAGE, bytes: Buffer.from(html), contentType: 'text/html' };
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      const article = await reader.read(page, OWNER);
      delay.disable();
      expect(article?.text.length ?? 0).toBeLessThanOrEqual(20_000);
      expect(article?.text ?? '').not.toMatch(/[<>]|document\.write/);
      expect(delay.max / 1e6).toBeLessThan(1_000);
    },
  );

  test('that takes too long is left, and the next one is read', async () => {
    const impatient = openPageReader({ readMs: 1 });
    const page = { url: URL_OF_PAGE, bytes: Buffer.from(writePage()), contentType: 'text/html' };
    expect(await impatient.read(page, OWNER)).toBeNull();
    await impatient.close();
    expect((await reader.read(page, OWNER))?.text).toContain('24 bearings');
  });

  test('that eats all memory breaks only its own process', async () => {
    const poor = openPageReader({ memoryMb: 40, readMs: 20_000 });
    const html = `<body>${'<p><b>harbour</b> bridge</p>'.repeat(35_000)}`;
    const page = { url: URL_OF_PAGE, bytes: Buffer.from(html), contentType: 'text/html' };
    expect(await poor.read(page, OWNER)).toBeNull();
    const good = { ...page, bytes: Buffer.from(writePage()) };
    await poor.close();
    expect((await reader.read(good, OWNER))?.text).toContain('24 bearings');
  });
});

describe('an article on a page', () => {
  test('comes without menu, share bar, notices, captions and what is most read', () => {
    const article = readPage(writePage(), URL_OF_PAGE, OWNER);
    expect(article?.text).toBe(
      'The harbour bridge opened to traffic on Friday, two years later than the city had planned. ' +
        'Engineers replaced all 24 bearings after cracks were found in the spring. ' +
        'Mayor Ada Lind said the toll would stay at three crowns until the end of the year. ' +
        'Some 18,000 cars a day are expected to use it, about a third fewer than the old crossing carried.',
    );
    expect(article?.language).toBe('en');
    expect(article?.text.startsWith(article.summary)).toBe(true);
  });

  test.each([
    ['a fragment', PARAGRAPHS],
    [
      'a page without a body',
      `<html><head><title>x</title></head><article>${PARAGRAPHS}</article></html>`,
    ],
    ['a page whose body is never closed', `<html><body><div><article>${PARAGRAPHS}`],
  ])('is found in %s', (_, html) => {
    expect(readPage(html, URL_OF_PAGE, OWNER)?.text).toContain('24 bearings');
  });

  const sentences = PARAGRAPHS.split('\n');
  test.each([
    [
      'a cookie wall',
      `<div id="onetrust-banner" role="dialog">${'<p>We and our 812 partners store personal data.</p>'.repeat(20)}</div><main>${PARAGRAPHS}</main>`,
    ],
    [
      'shares, teasers and an author inside',
      `<div class="entry-content">${sentences[0]}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a>Click to share</a></li></ul></div>${sentences[1]}<div class="ad"><p>Advertisement</p></div><p><strong>Read more: <a href="/t">The toll stays.</a></strong></p>${sentences[2]}${sentences[3]}<div class="jp-relatedposts"><p>The old bridge goes.</p></div><div class="author-box"><p>Ben Okoro likes ferries.</p></div><div id="comments"><p>First! I like the bridge very much, it is a great bridge for all the cars.</p></div></div>`,
    ],
    [
      'labels and lists of links',
      `<article><header><h1>${TITLE}</h1><span>3 hours ago</span><span>Ada Byron, Business reporter</span></header>${sentences.map((text) => `<div data-part="text">${text}</div>`).join('')}<div><p>More on this story</p><ul><li><a href="/x">Why are bridges late?</a></li></ul></div></article>`,
    ],
    [
      'line breaks for paragraphs',
      `<div><b>${TITLE}</b><br><br>${sentences.join('<br><br>')}<br><br><a href="#">Back to top.</a></div>`,
    ],
  ])('is only its sentences on a page with %s', (_, body) => {
    const plain = PARAGRAPHS.replace(/<[^>]+>/g, '').replaceAll('\n', ' ');
    expect(readPage(`<html><body>${body}</body></html>`, URL_OF_PAGE, OWNER)?.text).toBe(plain);
  });

  test('keeps its picture as a reference with size and words', () => {
    const image = { width: 1200, height: 675, alt: 'The bridge at dawn' };
    expect(readPage(writePage(), URL_OF_PAGE, OWNER)?.image).toEqual({
      url: 'https://harbour.example/bridge.jpg',
      ...image,
    });
    const shared =
      '<meta property="og:image" content="https://cdn.example/b.jpg"><meta property="og:image:width" content="800"><meta property="og:image:height" content="450"><meta property="og:image:alt" content="Cars on the bridge">';
    expect(readPage(writePage(PARAGRAPHS, shared), URL_OF_PAGE, OWNER)?.image).toEqual({
      url: 'https://cdn.example/b.jpg',
      width: 800,
      height: 450,
      alt: 'Cars on the bridge',
    });
    const logo = '<meta property="og:image" content="/logo.png">';
    expect(readPage(writePage(PARAGRAPHS, logo), URL_OF_PAGE, OWNER)?.image?.url).toBe(
      'https://harbour.example/bridge.jpg',
    );
  });

  test('is not taken from a page about something else', () => {
    const consent =
      '<p>Before you go on, please choose how your personal data may be used by us and by our partners, for measurement, research and development of services.</p>'.repeat(
        3,
      );
    expect(readPage(`<body><main>${consent}</main></body>`, URL_OF_PAGE, OWNER)).toBeNull();
    expect(
      readPage(writePage(), URL_OF_PAGE, { ...OWNER, title: 'Parliament votes about turnips' }),
    ).toBeNull();
  });
});
