import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as zlib from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { checkFeed } from '../../src/app/check-feed.ts';
import { describeFeeds } from '../../src/app/describe-feeds.ts';
import { gatherFeeds, type GatheredFeed } from '../../src/app/gather-feeds.ts';
import type { FeedPolling } from '../../src/domain/feed.ts';
import { addTime, DAY, HOUR, MINUTE } from '../../src/domain/instant.ts';
import { savePageFetching } from '../../src/store/article-pages.ts';
import { findFeed, saveFeed } from '../../src/store/feeds.ts';
import { BAD_MANNERS, openRawServer } from '../gather/open-raw-server.ts';
import { makeFolder, openSampleApp } from './sample-app.ts';

const NOW = '2026-03-09T04:00:00.000Z';
const LATER = addTime(NOW, HOUR);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Desk {
  readonly app: App;
  setClock(time: string): void;
  /** Lets feeds be fetched from a place of this test. */
  allow(place: string): void;
}

async function openDesk(): Promise<Desk> {
  const { app, setClock } = await openSampleApp();
  const fetchAllow: string[] = [];
  setClock(NOW);
  return {
    app: { ...app, settings: { ...app.settings, fetchAllow } },
    setClock,
    allow: (place) => void fetchAllow.push(place),
  };
}

/** A web server of one test that may change its mind; `asked` are the requests it got. */
async function openFeedServer(desk: Desk, first: Answer) {
  const asked: IncomingMessage[] = [];
  const state = { answer: first };
  const server = createServer((request, response) => {
    asked.push(request);
    state.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  desk.allow(place);
  return { url: `http://${place}/feed`, place, asked, state };
}

async function addFeed(desk: Desk, url: string): Promise<string> {
  const definition = { url, outlet: null, weight: 1, language: 'en' };
  const { id } = await saveFeed(desk.app.store, definition, NOW);
  // The pages of its articles are not on this machine.
  await savePageFetching(desk.app.store, id, { fetchPages: false });
  return id;
}

/** Gathers what is due at `time` and returns what became of the one feed that was. */
async function gatherAt(desk: Desk, time: string): Promise<GatheredFeed> {
  desk.setClock(time);
  const [only, ...others] = await gatherFeeds(desk.app);
  if (!only || others.length > 0) throw new Error(`${others.length} other feeds were due`);
  return only;
}

async function pollingOf(desk: Desk, id: string): Promise<FeedPolling> {
  const feed = await findFeed(desk.app.store, id);
  if (!feed) throw new Error('the feed is gone');
  return feed.polling;
}

function writeFeed(titles: readonly string[], head = ''): string {
  const items = titles.map(
    (title) =>
      `<item><title>${title}</title><link>https://harbour.example/${encodeURIComponent(title)}</link><pubDate>Mon, 09 Mar 2026 03:00:00 GMT</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title>${head}${items.join('')}</channel></rss>`;
}

const serve =
  (text: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(200, headers).end(text);

const refuse =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end();

describe('one feed among servers without manners', () => {
  test('is gathered as if nothing had happened, and each of them is named in its health', async () => {
    const desk = await openDesk();
    const good = await openFeedServer(desk, serve(writeFeed(['Ferry returns'])));
    const wordsByUrl = new Map<string, RegExp>();
    for (const { act, words } of BAD_MANNERS) {
      const place = await openRawServer(act);
      desk.allow(place);
      wordsByUrl.set(`http://${place}/feed`, words);
    }
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(60_000_000)));
    const bomber = await openFeedServer(desk, serve(bomb, { 'content-encoding': 'gzip, gzip' }));
    wordsByUrl.set(bomber.url, /sent more than 10 MB/);
    const looper = await openFeedServer(desk, refuse(301, { location: '/feed' }));
    wordsByUrl.set(looper.url, /sends us on more than 5 times/);
    const liar = await openFeedServer(desk, refuse(301, { location: 'http://[::1]/latest' }));
    wordsByUrl.set(liar.url, /sends us on\. \[::1\] is not on the public internet/);
    wordsByUrl.set('http://ada:secret@harbour.example/feed', /name or password/);
    for (const url of [...wordsByUrl.keys(), good.url]) await addFeed(desk, url);

    const gathered = await gatherFeeds(desk.app);

    expect(gathered).toHaveLength(wordsByUrl.size + 1);
    expect(gathered.find(({ url }) => url === good.url)).toMatchObject({
      outcome: 'fetched',
      added: 1,
      problem: null,
    });
    const health = new Map((await describeFeeds(desk.app)).map((feed) => [feed.url, feed]));
    for (const [url, words] of wordsByUrl) {
      expect(health.get(url)?.health).toMatch(words);
      expect(health.get(url)).toMatchObject({ state: 'failing', failures: 1, failingSince: NOW });
    }
  });
});

describe('a feed that did not change', () => {
  test.each([
    ['W/"weak one"', 'Mon, 09 Mar 2026 03:00:00 GMT'],
    ['"strong,one"', null],
    [null, 'a time long ago'],
  ])('is asked for with what its server said: %s, %s', async (etag, lastModified) => {
    const desk = await openDesk();
    const validators = {
      ...(etag === null ? {} : { etag }),
      ...(lastModified === null ? {} : { 'last-modified': lastModified }),
    };
    const server = await openFeedServer(desk, serve(writeFeed(['Ferry returns']), validators));
    await addFeed(desk, server.url);
    expect((await gatherAt(desk, NOW)).outcome).toBe('fetched');
    server.state.answer = refuse(304);
    expect((await gatherAt(desk, LATER)).outcome).toBe('unchanged');
    expect((await gatherAt(desk, addTime(LATER, HOUR))).outcome).toBe('unchanged');
    for (const request of server.asked.slice(1)) {
      expect(request.headers['if-none-match']).toBe(etag ?? undefined);
      expect(request.headers['if-modified-since']).toBe(lastModified ?? undefined);
    }
    expect(server.asked).toHaveLength(3);
  });

  test('is asked for in full a day later all the same', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, serve(writeFeed(['Ferry']), { etag: '"1"' }));
    await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    expect((await gatherAt(desk, addTime(NOW, DAY))).outcome).toBe('fetched');
    expect(server.asked[1]?.headers['if-none-match']).toBeUndefined();
  });

  test('is known by its bytes where the server ignores what we ask', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, serve(writeFeed(['Ferry returns'])));
    const id = await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    const again = await gatherAt(desk, LATER);
    expect(again).toMatchObject({ outcome: 'unchanged', added: 0, unchanged: 0 });
    expect((await pollingOf(desk, id)).lastFullFetchAt).toBe(LATER);
    server.state.answer = serve(writeFeed(['Bridge opens', 'Ferry returns']));
    const changed = await gatherAt(desk, addTime(LATER, HOUR));
    expect(changed).toMatchObject({ outcome: 'fetched', added: 1, unchanged: 1 });
  });

  test('whose validator no header can hold is asked for without it', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, serve(writeFeed(['Ferry']), { etag: '"caf\u00e9"' }));
    await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    expect((await gatherAt(desk, LATER)).problem).toBeNull();
    expect(server.asked[1]?.headers['if-none-match']).toBeUndefined();
  });
});

describe('a feed that moved', () => {
  test('for good is asked for at its new place from then on', async () => {
    const desk = await openDesk();
    const target = await openFeedServer(desk, serve(writeFeed(['Ferry'])));
    const server = await openFeedServer(desk, refuse(308, { location: target.url }));
    const id = await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    await gatherAt(desk, LATER);
    expect((await findFeed(desk.app.store, id))?.url).toBe(target.url);
    expect([server.asked.length, target.asked.length]).toEqual([1, 2]);
  });

  test.each([
    ['for now', 302, writeFeed(['Ferry'])],
    ['to a page that is no feed', 301, '<html><body>Log in, please</body></html>'],
  ])('%s keeps its address', async (_how, status, text) => {
    const desk = await openDesk();
    const target = await openFeedServer(desk, serve(text));
    const server = await openFeedServer(desk, refuse(status, { location: target.url }));
    const id = await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    expect((await findFeed(desk.app.store, id))?.url).toBe(server.url);
  });

  test('to a place that is not allowed is not followed and keeps its address', async () => {
    const desk = await openDesk();
    const target = await openFeedServer({ ...desk, allow: () => {} }, serve(writeFeed(['Ferry'])));
    const server = await openFeedServer(desk, refuse(301, { location: target.url }));
    const id = await addFeed(desk, server.url);
    expect((await gatherAt(desk, NOW)).problem).toMatch(/only 80 and 443 are allowed/);
    expect((await findFeed(desk.app.store, id))?.url).toBe(server.url);
    expect(target.asked).toEqual([]);
  });
});

describe('a feed in trouble', () => {
  test('says what its server answers, since when, and when it is tried again', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, refuse(404));
    await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    await gatherAt(desk, addTime(NOW, 10 * MINUTE));
    const [feed] = await describeFeeds(desk.app);
    expect(feed).toMatchObject({
      health: 'answers 404 since 04:00 UTC, next try at 04:30 UTC',
      failures: 2,
      lastStatus: 404,
    });
  });

  test('is left alone as long as its server asks', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, refuse(429, { 'retry-after': '7200' }));
    const id = await addFeed(desk, server.url);
    expect((await gatherAt(desk, NOW)).problem).toMatch(/429 and asks us to wait 2 hours/);
    expect((await pollingOf(desk, id)).nextFetchAt).toBe(addTime(NOW, 2 * HOUR));
    desk.setClock(addTime(NOW, 2 * HOUR - 1));
    expect(await gatherFeeds(desk.app)).toEqual([]);
  });

  test('that is gone for good is retired, until somebody asks for it by name', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, refuse(410));
    const id = await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    desk.setClock(addTime(NOW, 30 * DAY));
    expect(await gatherFeeds(desk.app)).toEqual([]);
    expect((await describeFeeds(desk.app))[0]?.health).toBe(
      'answers 410 since 2026-03-09: gone for good, not fetched any more',
    );
    server.state.answer = serve(writeFeed(['Ferry returns']));
    const [revived] = await gatherFeeds(desk.app, { feed: { id, url: server.url } });
    expect(revived).toMatchObject({ outcome: 'fetched', added: 1 });
    expect((await pollingOf(desk, id)).state).toBe('ok');
  });

  test('does not keep what a broken document brought from being asked for again', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, serve('not a feed', { etag: '"broken"' }));
    const id = await addFeed(desk, server.url);
    expect((await gatherAt(desk, NOW)).outcome).toBe('failed');
    expect(await pollingOf(desk, id)).toMatchObject({ etag: null, contentHash: null });
  });
});

describe('gathering', () => {
  test('says who we are and where to complain', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, serve(writeFeed(['Ferry'])));
    await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    expect(server.asked[0]?.headers['user-agent']).toMatch(
      /^daybrief\/[\d.]+ \(\+https:\/\/brief\.example\.org\)$/,
    );
  });

  test('keeps to what a feed and its server ask of those who poll', async () => {
    const desk = await openDesk();
    const head = '<ttl>180</ttl><skipHours><hour>7</hour></skipHours>';
    const server = await openFeedServer(
      desk,
      serve(writeFeed(['Ferry'], head), { 'cache-control': 'max-age=60' }),
    );
    const id = await addFeed(desk, server.url);
    await gatherAt(desk, NOW);
    expect((await pollingOf(desk, id)).nextFetchAt).toBe('2026-03-09T08:00:00.000Z');
  });

  test('goes on when a feed is removed while it is being read', async () => {
    const desk = await openDesk();
    const { store } = desk.app;
    const gone = await openFeedServer(desk, (_request, response) => {
      void store.db
        .deleteFrom('feeds')
        .where('url', '=', gone.url)
        .execute()
        .then(() => response.end(writeFeed(['Ferry'])));
    });
    const other = await openFeedServer(desk, serve(writeFeed(['Bridge'])));
    await addFeed(desk, gone.url);
    await addFeed(desk, other.url);
    expect(await gatherFeeds(desk.app)).toMatchObject([{ url: other.url, added: 1 }]);
  });

  test('goes on when a feed brings a fault of ours to light, and says so', async () => {
    const desk = await openDesk();
    const breaking = () => {
      throw new TypeError('nobody thought of this');
    };
    const imapPassword = { reveal: breaking, toString: () => '', toJSON: () => '' };
    const app = { ...desk.app, settings: { ...desk.app.settings, imapPassword } };
    const other = await openFeedServer(desk, serve(writeFeed(['Bridge'])));
    const broken = await addFeed(desk, 'imaps://mail.example.org/News');
    await addFeed(desk, other.url);
    const gathered = await gatherFeeds(app);
    expect(gathered.find(({ url }) => url === other.url)).toMatchObject({ added: 1 });
    expect((await pollingOf(desk, broken)).problem).toMatch(/^A fault in daybrief/);
  });

  test('takes a feed of two thousand long entries in one go', async () => {
    const desk = await openDesk();
    const titles = Array.from({ length: 2_000 }, (_, i) => `${i} ${'long title '.repeat(20)}`);
    const server = await openFeedServer(desk, serve(writeFeed(titles)));
    await addFeed(desk, server.url);
    expect(await gatherAt(desk, NOW)).toMatchObject({ outcome: 'fetched', added: 2_000 });
  });

  test('never asks one host for more than two feeds at once, and tells how far it is', async () => {
    const desk = await openDesk();
    let going = 0;
    let most = 0;
    const server = await openFeedServer(desk, (_request, response) => {
      most = Math.max(most, (going += 1));
      setTimeout(() => {
        going -= 1;
        response.end(writeFeed(['Ferry']));
      }, 10);
    });
    for (let i = 0; i < 8; i += 1) await addFeed(desk, `${server.url}/${i}`);
    const told: string[] = [];
    await gatherFeeds(desk.app, { onProgress: (done, total) => told.push(`${done}/${total}`) });
    expect(most).toBe(2);
    expect(told).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8']);
  });

  test('looks at a folder of wire texts every ten minutes and reads it when it changed', async () => {
    const desk = await openDesk();
    const folder = join(makeFolder(), 'wires');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.txt'),
      'Ferry returns\n\nThe ferry came back to port on Monday.\n',
    );
    await addFeed(desk, pathToFileURL(folder).href);
    expect(await gatherAt(desk, NOW)).toMatchObject({ outcome: 'fetched', added: 1 });
    const next = addTime(NOW, 10 * MINUTE);
    expect(await gatherAt(desk, next)).toMatchObject({ outcome: 'unchanged' });
    writeFileSync(
      join(folder, 'b.txt'),
      'Bridge opens\n\nThe new bridge opened to all on Monday.\n',
    );
    const third = await gatherAt(desk, addTime(next, 10 * MINUTE));
    expect(third).toMatchObject({ outcome: 'fetched', added: 1 });
  });
});

describe('checking a feed', () => {
  test('tells what it is, where it went and how often it would be fetched, and stores nothing', async () => {
    const desk = await openDesk();
    const text = writeFeed(['Ferry returns'], '<ttl>120</ttl>');
    const target = await openFeedServer(desk, serve(text));
    const server = await openFeedServer(desk, refuse(301, { location: target.url }));
    expect(await checkFeed(desk.app, server.url, '.')).toMatchObject({
      title: 'Harbour',
      problem: null,
      status: 200,
      movedTo: target.url,
      waitMinutes: 120,
      articles: [{ title: 'Ferry returns' }],
    });
    expect(await describeFeeds(desk.app)).toEqual([]);
  });

  test('tells in words why there is none', async () => {
    const desk = await openDesk();
    const server = await openFeedServer(desk, refuse(410));
    expect(await checkFeed(desk.app, server.url, '.')).toMatchObject({
      problem: `${server.place} answered 410: the feed is gone for good.`,
      status: 410,
      waitMinutes: null,
      articles: [],
    });
  });
});
