import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { addDiscoveredFeed } from '../../src/app/discover-feed.ts';
import { exportFeeds, importFeeds } from '../../src/app/import-feeds.ts';
import { listFeeds, listFeedUses } from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { NEWSLETTER, openSampleApp } from './sample-app.ts';

const FEED =
  '<rss version="2.0"><channel><title>Sea</title><item><title>Ferry</title></item></channel></rss>';

describe('feeds import', () => {
  test('makes titles outlets and folders themes, and leaves what is there as it is', async () => {
    const { app } = await openSampleApp();
    await saveNewsletter(app.store, NEWSLETTER, app.now());
    await addDiscovered(app, 'https://known.invalid/feed', 'Its own name');
    const opml = `<opml version="2.0"><body>
<outline text="WORLD"><outline text="Harbour Times" xmlUrl="https://harbour.example/feed"/></outline>
<outline text="Odds"><outline text="Pier Post" xmlUrl="https://pier.example/feed"/></outline>
<outline text="Again" xmlUrl="https://pier.example/feed"/>
<outline text="Other name" xmlUrl="https://known.invalid/feed"/>
<outline text="Broken" xmlUrl="nowhere"/></body></opml>`;
    expect(await importFeeds(app, Buffer.from(opml))).toEqual({
      added: 2,
      known: 2,
      refused: [{ line: 6, why: '“Broken”: “nowhere” is not an http(s) address' }],
    });
    const feeds = await listFeeds(app.store, NEWSLETTER.slug);
    expect(feeds.map(({ outlet }) => outlet)).toEqual([
      'Harbour Times',
      'Its own name',
      'Pier Post',
    ]);
    const uses = await listFeedUses(app.store);
    const hints = feeds.map(({ id }) => uses.find(({ feedId }) => feedId === id)?.themeHint);
    expect(hints).toEqual(['world', null, null]);
    expect((await exportFeeds(app)).opml).toContain(
      '<outline text="World">\n      <outline type="rss" text="Harbour Times"',
    );
  });
});

describe('feeds add', () => {
  test('takes the first feed a page names that can be read, and tells the others', async () => {
    const links = ['/dead.xml', '/sea.xml', '/land.xml'].map(
      (href) => `<link rel="alternate" type="application/rss+xml" href="${href}">`,
    );
    const site = await openSite({
      '/': `<html><head>${links.join('')}</head></html>`,
      '/sea.xml': FEED,
      '/land.xml': FEED,
    });
    const { app } = await openAllowing(site);
    const found = await addDiscoveredFeed(app, { address: site }, '.');
    expect(found.feed.url).toBe(`${site}/sea.xml`);
    expect(found.others).toEqual([`${site}/dead.xml`, `${site}/land.xml`]);
  });

  test('looks in the usual places when a page names no feed', async () => {
    const site = await openSite({ '/news': '<html><body>News</body></html>', '/atom.xml': FEED });
    const { app } = await openAllowing(site);
    const { feed } = await addDiscoveredFeed(app, { address: `${site}/news` }, '.');
    expect(feed.url).toBe(`${site}/atom.xml`);
  });

  test('refuses a page that has none, and takes an address that cannot be reached now with a warning', async () => {
    const site = await openSite({ '/': '<html><body>Nothing</body></html>' });
    const { app } = await openAllowing(site);
    await expect(addDiscoveredFeed(app, { address: site }, '.')).rejects.toThrow(
      /No feed was found at/,
    );
    const missing = await addDiscoveredFeed(app, { address: `${site}/later.xml` }, '.');
    expect(missing.warning).toMatch(/answered 404/);
    expect(await listFeeds(app.store)).toHaveLength(1);
  });
});

async function addDiscovered(app: App, address: string, outlet: string): Promise<void> {
  const { addFeed } = await import('../../src/app/add-feed.ts');
  await addFeed(app, { address, outlet }, '.');
}

async function openSite(pages: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    const type = page?.startsWith('<html') ? 'text/html' : 'application/xml';
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': type }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openAllowing(site: string): Promise<{ app: App }> {
  const { app } = await openSampleApp();
  await saveNewsletter(app.store, NEWSLETTER, app.now());
  return { app: { ...app, settings: { ...app.settings, fetchAllow: [new URL(site).host] } } };
}
