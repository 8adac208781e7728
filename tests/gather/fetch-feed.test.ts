import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFeed, type FeedRequest, type FetchResult } from '../../src/gather/fetch-feed.ts';
import { openFetchGuard, type FetchGuard } from '../../src/gather/open-fetch-guard.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const NOW = '2025-03-03T06:00:00.000Z';
const FEED = '<rss version="2.0"><channel><title>Example</title></channel></rss>';

let server: Server;
let elsewhere: Server;
let guard: FetchGuard;
let home: string;
let forbidden: string;
let visitsElsewhere = 0;
let answer: Answer;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  elsewhere = createServer((_request, response) => {
    visitsElsewhere += 1;
    response.end(FEED);
  });
  home = await listen(server);
  forbidden = await listen(elsewhere);
  guard = openFetchGuard({ allow: [new URL(home).host], userAgent: 'daybrief-test' });
});

afterAll(async () => {
  await guard.close();
  for (const one of [server, elsewhere]) {
    one.closeAllConnections();
    await new Promise((resolve) => one.close(resolve));
  }
});

beforeEach(() => {
  answer = (_request, response) => response.end(FEED);
});

async function listen(one: Server): Promise<string> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

function ask(changes: Partial<FeedRequest> = {}, limits = {}): Promise<FetchResult> {
  const request = {
    url: `${home}/feed`,
    etag: null,
    lastModified: null,
    isFull: false,
    now: NOW,
    ...changes,
  };
  return fetchFeed(guard, request, limits);
}

function textOf(result: FetchResult): string {
  if (result.outcome !== 'fetched') throw new Error(JSON.stringify(result));
  return new TextDecoder().decode(result.bytes);
}

function problemOf(result: FetchResult): string {
  if (!('problem' in result)) throw new Error(`No problem but ${result.outcome}`);
  return result.problem;
}

describe('a hostile server', () => {
  it('that drips for ever is left at the total deadline', async () => {
    answer = (_request, response) => {
      response.write('<rss>');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const result = await ask({}, { deadlineMs: 400 });
    expect(problemOf(result)).toMatch(/took longer than 1 seconds?\.$/);
  });

  it('that never answers is left at the total deadline', async () => {
    answer = () => {};
    expect(problemOf(await ask({}, { deadlineMs: 300 }))).toMatch(/took longer/);
  });

  it('that never stops sending is left at the byte cap', async () => {
    answer = (_request, response) => {
      const chunk = Buffer.alloc(65_536, 'x');
      const pump = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pump);
      };
      pump();
    };
    expect(problemOf(await ask({}, { maxBytes: 1_000_000 }))).toMatch(/sent more than 1 MB\.$/);
  });

  it.each([
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['br', zlib.brotliCompressSync],
    ['zstd', zlib.zstdCompressSync],
  ])('that sends a bomb packed with %s is left at the byte cap', async (name, pack) => {
    const bomb = pack(Buffer.alloc(50_000_000));
    answer = (_request, response) => response.setHeader('content-encoding', name).end(bomb);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(problemOf(await ask({}, { maxBytes: 1_000_000 }))).toMatch(/sent more than 1 MB\.$/);
  });

  it('that packs a bomb twice is left at the byte cap', async () => {
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(50_000_000)));
    answer = (_request, response) => response.setHeader('content-encoding', 'gzip, gzip').end(bomb);
    expect(problemOf(await ask({}, { maxBytes: 1_000_000 }))).toMatch(/sent more than 1 MB\.$/);
  });

  it('that redirects to a forbidden port of this machine is not followed', async () => {
    answer = (_request, response) => response.writeHead(302, { location: forbidden }).end();
    const result = await ask();
    expect(problemOf(result)).toMatch(/sends us on\. 127\.0\.0\.1 is asked on port \d+/);
    expect(visitsElsewhere).toBe(0);
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://[::1]/',
    'http://ada:b@example.org/',
  ])('that redirects to %s is not followed', async (location) => {
    answer = (_request, response) => response.writeHead(301, { location }).end();
    expect((await ask()).outcome).toBe('failed');
  });

  it('that redirects in a circle is left after five hops', async () => {
    let visits = 0;
    answer = (_request, response) => {
      visits += 1;
      response.writeHead(302, { location: `/again-${visits}` }).end();
    };
    expect(problemOf(await ask())).toMatch(/more than 5 times/);
    expect(visits).toBe(6);
  });

  it.each([
    [
      'breaks off in the middle',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('<rss>', () => response.destroy());
      },
    ],
    ['breaks off before the first byte', (response: ServerResponse) => response.destroy()],
    [
      'sends broken gzip',
      (response: ServerResponse) =>
        response.setHeader('content-encoding', 'gzip').end('this is not gzip'),
    ],
    [
      'packs in an unknown way',
      (response: ServerResponse) => response.setHeader('content-encoding', 'rot13').end('x'),
    ],
    [
      'names its packing after a property of objects',
      (response: ServerResponse) => response.setHeader('content-encoding', 'constructor').end('x'),
    ],
    ['redirects without saying where', (response: ServerResponse) => response.writeHead(302).end()],
  ] as const)('that %s is a failure in words', async (_name, act) => {
    answer = (_request, response) => void act(response);
    expect(problemOf(await ask())).toMatch(/^127\.0\.0\.1:\d+ .+\.$/);
  });
});

describe('a fetch', () => {
  it.each([
    ['gzip', zlib.gzipSync],
    ['x-gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['deflate', zlib.deflateRawSync],
    ['br', zlib.brotliCompressSync],
    ['zstd', zlib.zstdCompressSync],
    ['identity', (bytes: Buffer) => bytes],
  ])('unpacks %s', async (name, pack) => {
    const packed = pack(Buffer.from(FEED));
    answer = (_request, response) => response.setHeader('content-encoding', name).end(packed);
    expect(textOf(await ask())).toBe(FEED);
  });

  it('keeps what a cut-off gzip stream did bring', async () => {
    const packed = zlib.gzipSync(Buffer.from(FEED.repeat(50)));
    answer = (_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(packed.subarray(0, packed.length - 10));
    expect(textOf(await ask()).startsWith(FEED)).toBe(true);
  });

  it('returns the validators and the content type, even a wrong one', async () => {
    answer = (_request, response) =>
      response
        .writeHead(200, {
          etag: '"one"',
          'last-modified': 'Mon, 03 Mar 2025 05:00:00 GMT',
          'content-type': 'image/png',
        })
        .end(FEED);
    expect(await ask()).toMatchObject({
      outcome: 'fetched',
      etag: '"one"',
      lastModified: 'Mon, 03 Mar 2025 05:00:00 GMT',
      contentType: 'image/png',
      url: `${home}/feed`,
      movedTo: null,
    });
  });

  it('asks conditionally and understands that nothing changed', async () => {
    answer = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"one"';
      const isOld = request.headers['if-modified-since'] === 'Mon, 03 Mar 2025 05:00:00 GMT';
      response.writeHead(isKnown && isOld ? 304 : 200).end();
    };
    const known = { etag: '"one"', lastModified: 'Mon, 03 Mar 2025 05:00:00 GMT' };
    expect(await ask(known)).toMatchObject({ outcome: 'unchanged', ...known });
    expect(await ask({ ...known, isFull: true })).toMatchObject({ outcome: 'fetched' });
  });

  it('says that a feed is gone', async () => {
    answer = (_request, response) => response.writeHead(410).end('gone');
    const result = await ask();
    expect(result.outcome).toBe('gone');
    expect(problemOf(result)).toMatch(/410/);
  });

  it.each([
    ['600', 600, /answered 503 and asks us to wait 10 minutes\.$/],
    ['Mon, 03 Mar 2025 06:01:30 GMT', 90, /wait 90 seconds\.$/],
    ['Mon, 03 Mar 2025 05:00:00 GMT', 0, /answered 503\.$/],
    ['soon', null, /answered 503\.$/],
  ])('passes on Retry-After: %s', async (header, seconds, sentence) => {
    answer = (_request, response) => response.writeHead(503, { 'retry-after': header }).end();
    const result = await ask();
    expect(result).toMatchObject({ outcome: 'failed', retryAfterSeconds: seconds });
    expect(problemOf(result)).toMatch(sentence);
  });

  it.each([
    [[301, 308], '/new'],
    [[301, 302], null],
    [[307], null],
  ])('through redirects %j moves the feed to %s', async (statuses, place) => {
    answer = (request, response) => {
      const hop = Number(/hop-(\d)/.exec(request.url ?? '')?.[1] ?? 0);
      const status = statuses[hop];
      const location = hop === statuses.length - 1 ? '/new' : `/hop-${hop + 1}`;
      if (request.url === '/new' || !status) response.end(FEED);
      else response.writeHead(status, { location }).end();
    };
    expect(await ask()).toMatchObject({
      outcome: 'fetched',
      url: `${home}/new`,
      movedTo: place && `${home}${place}`,
    });
  });

  it('names an unreachable server instead of throwing', async () => {
    const shut = createServer();
    const address = await listen(shut);
    await new Promise((resolve) => shut.close(resolve));
    const other = openFetchGuard({ allow: [new URL(address).host], userAgent: 'daybrief-test' });
    const request = { url: address, etag: null, lastModified: null, isFull: true, now: NOW };
    expect(problemOf(await fetchFeed(other, request))).toMatch(/refused the connection\.$/);
    await other.close();
  });
});
