import { createServer, type Server } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pauseAsGatheringDoes } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { fetchFeed, type FetchResult } from '../../src/gather/fetch-feed.ts';
import { openFetchGuard } from '../../src/gather/open-fetch-guard.ts';
import { SELF_SIGNED } from '../deliver/self-signed.ts';

const NOW = '2026-03-09T05:00:00.000Z';
const FEED = '<rss version="2.0"><channel><title>Harbour</title></channel></rss>';

async function listen(server: Server | Http2SecureServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function trustOurselves(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, SELF_SIGNED.cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

async function ask(urls: readonly string[], allow: readonly string[]): Promise<FetchResult[]> {
  const guard = openFetchGuard({ allow, userAgent: 'daybrief-test' });
  const results: FetchResult[] = [];
  const known = { etag: null, lastModified: null, isFull: false, now: NOW };
  for (const url of urls) {
    results.push(await fetchFeed(guard, { url, ...known }));
    await pauseAsGatheringDoes(100);
  }
  await guard.close();
  return results;
}

test('feeds of a server that speaks HTTP/2 come over one connection of it', async () => {
  trustOurselves();
  const versions: string[] = [];
  let connections = 0;
  const server = createSecureServer({ ...SELF_SIGNED, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    response.end(FEED);
  }).on('secureConnection', () => (connections += 1));
  const place = await listen(server);
  const results = await ask(
    [1, 2, 3].map((feed) => `https://${place}/${feed}`),
    [place],
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['fetched', 'fetched', 'fetched']);
  expect(versions).toEqual(['2.0', '2.0', '2.0']);
  expect(connections).toBe(1);
});

test('feeds of a server that speaks HTTP/1.1 come over one connection, answers nobody reads too', async () => {
  let connections = 0;
  const server = createServer((request, response) => {
    if (request.url === '/4') {
      response.writeHead(404).write('There is ');
      setTimeout(() => response.end('nothing here.'), 5);
    } else if (request.url === '/5') response.writeHead(304).end();
    else response.end(FEED);
  }).on('connection', () => (connections += 1));
  const place = await listen(server);
  const urls = [1, 4, 5, 6].map((feed) => `http://${place}/${feed}`);
  const outcomes = (await ask(urls, [place])).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['fetched', 'failed', 'unchanged', 'fetched']);
  expect(connections).toBe(1);
});

test('a connection that the server closes just as we use it again is opened anew', async () => {
  let connections = 0;
  const server = createServer((request, response) => {
    if (request.url === '/2' && connections === 1) request.socket.destroy();
    else response.end(FEED);
  }).on('connection', () => (connections += 1));
  const place = await listen(server);
  const results = await ask(
    [1, 2].map((feed) => `http://${place}/${feed}`),
    [place],
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['fetched', 'fetched']);
  expect(connections).toBe(2);
});

test('a certificate nobody vouches for is named', async () => {
  const server = createTlsServer(SELF_SIGNED, (_request, response) => response.end(FEED));
  const place = await listen(server);
  const [result] = await ask([`https://${place}/feed`], [place]);
  expect(result).toMatchObject({
    outcome: 'failed',
    problem: `${place} shows a certificate nobody vouches for.`,
  });
});

test('a lasting move from https to http is followed but not remembered', async () => {
  trustOurselves();
  const open = await listen(createServer((_request, response) => response.end(FEED)));
  const secret = await listen(
    createTlsServer(SELF_SIGNED, (_request, response) =>
      response.writeHead(301, { location: `http://${open}/feed` }).end(),
    ),
  );
  const [result] = await ask([`https://${secret}/feed`], [open, secret]);
  expect(result).toMatchObject({ outcome: 'fetched', url: `http://${open}/feed`, movedTo: null });
});
