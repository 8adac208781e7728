import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { completeArticles } from '../../src/app/complete-articles.ts';
import type { Article } from '../../src/domain/article.ts';
import { openFetchGuard } from '../../src/gather/open-fetch-guard.ts';
import { savePageFetching } from '../../src/store/article-pages.ts';
import { listUnpublishedArticles, saveArticles } from '../../src/store/articles.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { TITLE, writePage } from '../gather/sample-pages.ts';
import { EVENING_BEFORE, NEWSLETTER, openSampleApp } from './sample-app.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const QUICK = { pauseMs: 0 };
const servePage: Answer = (_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end(writePage());
};

describe('articles whose feed says next to nothing', () => {
  test('get the text and the picture of their page', async () => {
    const { app, site } = await openPages(servePage);
    await addShort(app, site, { names: ['bridge'] });
    expect(await complete(app, site)).toEqual({ completed: 1, left: 0 });
    const [article] = await listStored(app);
    expect(article?.summary).toBe('Late.');
    expect(article?.text).toContain('24 bearings');
    expect(article?.image).toMatchObject({ width: 1200, height: 675 });
  });

  test('stay as they are when the page fails, and are tried once more an hour later', async () => {
    let visits = 0;
    const { app, site, setClock } = await openPages((_, response) => {
      visits += 1;
      response.writeHead(500).end();
    });
    await addShort(app, site, { names: ['bridge'] });
    for (const time of ['20:00', '20:59', '21:01', '23:00']) {
      setClock(`2026-03-08T${time}:00.000Z`);
      await complete(app, site);
    }
    expect((await listStored(app))[0]?.text).toBe('');
    expect(visits).toBe(2);
  });

  test('are not read against robots.txt, nor where it cannot be asked', async () => {
    const visited: string[] = [];
    const robots = { status: 200, text: 'User-agent: *\nDisallow: /closed' };
    const { app, site } = await openPages((request, response) => {
      visited.push(request.url ?? '');
      if (request.url === '/moved') response.writeHead(302, { location: '/closed' }).end();
      else servePage(request, response);
    }, robots);
    await addShort(app, site, { names: ['closed', 'moved', 'open'] });
    expect(await complete(app, site)).toEqual({ completed: 1, left: 2 });
    expect(visited.sort()).toEqual(['/moved', '/open']);
    robots.status = 503;
    await addShort(app, site, { names: ['other'] });
    await complete(app, site);
    expect(visited).not.toContain('/other');
  });

  test('are not looked for in places that are not public', async () => {
    let visits = 0;
    const inner = await openPages((_, response) => {
      visits += 1;
      response.end();
    });
    const { app, site } = await openPages((_, response) => {
      response.writeHead(302, { location: `${inner.site}/secret` }).end();
    });
    await addShort(app, site, { names: ['bridge'] });
    expect(await complete(app, site)).toEqual({ completed: 0, left: 1 });
    expect(visits).toBe(0);
  });

  test('are at most ten of a feed in one run, from its top', async () => {
    const visited: string[] = [];
    const { app, site } = await openPages((request, response) => {
      visited.push(request.url ?? '');
      servePage(request, response);
    });
    const names = Array.from({ length: 14 }, (_, place) => `story${place}`);
    await addShort(app, site, { names });
    expect((await complete(app, site)).completed).toBe(10);
    expect(visited).toEqual(names.slice(0, 10).map((name) => `/${name}`));
    expect((await complete(app, site)).completed).toBe(4);
  });

  test('are left alone where the feed’s owner says so', async () => {
    const { app, site } = await openPages(servePage);
    const feedId = await addShort(app, site, { names: ['bridge'] });
    await savePageFetching(app.store, feedId, { fetchPages: false });
    expect(await complete(app, site)).toEqual({ completed: 0, left: 0 });
  });

  test('keep the page’s text when the feed says the same again, and drop it when the feed corrects itself', async () => {
    const { app, site } = await openPages(servePage);
    await addShort(app, site, { names: ['bridge'] });
    await complete(app, site);
    await addShort(app, site, { names: ['bridge'] });
    expect((await listStored(app))[0]?.text).toContain('24 bearings');
    await addShort(app, site, { names: ['bridge'], summary: 'Closed again.' });
    expect((await listStored(app))[0]?.text).toBe('');
  });

  test('do not take what is no page, or a page about something else', async () => {
    const { app, site } = await openPages((request, response) => {
      const isPicture = request.url === '/picture';
      response.setHeader('content-type', isPicture ? 'image/png' : 'text/html');
      response.end(isPicture ? 'PNG' : '<p>Log in to read on.</p>');
    });
    await addShort(app, site, { names: ['picture', 'login'] });
    expect(await complete(app, site)).toEqual({ completed: 0, left: 2 });
  });
});

async function openPages(answer: Answer, robots = { status: 404, text: '' }) {
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(robots.status).end(robots.text);
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { app, setClock } = await openSampleApp();
  await saveNewsletter(app.store, NEWSLETTER, app.now());
  return { app, setClock, site: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function complete(app: App, site: string) {
  const guard = openFetchGuard({ allow: [new URL(site).host], userAgent: 'daybrief-test' });
  try {
    return await completeArticles(app, guard, QUICK);
  } finally {
    await guard.close();
  }
}

async function addShort(
  app: App,
  site: string,
  { names, summary = 'Late.' }: { names: readonly string[]; summary?: string },
): Promise<string> {
  const definition = { url: `${site}/feed.xml`, outlet: null, weight: 1, language: null };
  const feed = await saveFeed(app.store, definition, app.now());
  const use = { newsletter: NEWSLETTER.slug, feedId: feed.id, themeHint: null, excludedWords: [] };
  await saveFeedUse(app.store, use);
  const articles = names.map((name): Article => ({
    key: `${site}/${name}`,
    url: `${site}/${name}`,
    title: TITLE,
    summary,
    text: '',
    outlet: { key: 'harbour.example', name: 'Harbour Times' },
    language: 'en',
    publishedAt: EVENING_BEFORE,
    isDateGuessed: false,
    image: null,
    categories: [],
  }));
  await saveArticles(app.store, articles, { feedId: feed.id, now: app.now() });
  return feed.id;
}

async function listStored(app: App) {
  const window = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
  return await listUnpublishedArticles(app.store, { newsletter: NEWSLETTER.slug, ...window });
}
