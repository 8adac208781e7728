// Gathers 1,000 feeds from 100 local hosts that answer after 50 ms: once cold, once all unchanged, beside a bare fetch of the same addresses.
// Run with: npm run bench:gather
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { gatherFeeds } from '../../src/app/gather-feeds.ts';
import { closeApp, openApp } from '../../src/app/open-app.ts';
import { keepHeapSmall } from '../../src/cli/keep-heap-small.ts';
import { loadConfiguration } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { saveFeed } from '../../src/store/feeds.ts';

const HOSTS = 100;
const FEEDS = 1_000;
const ENTRIES = 20;
const LATENCY_MS = 50;
const AT_ONCE = 32;
const [mode, port] = process.argv.slice(2);

interface Figure {
  readonly what: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly feeds: number;
  readonly articles: number;
  readonly residentMb: number;
  readonly blockedMs: number;
}

/** The parts run in processes of their own, so that none pays for another. */
async function compare(): Promise<void> {
  const server = startPart('serve');
  const [address] = (await once(server, 'message')) as [string];
  try {
    const figures = [...(await runPart('bare', address)), ...(await runPart('daybrief', address))];
    for (const figure of figures) {
      const { what, seconds, cpuSeconds, feeds, articles, residentMb, blockedMs } = figure;
      console.log(
        `${what.padEnd(22)} ${seconds.toFixed(2).padStart(6)} s (${cpuSeconds.toFixed(2).padStart(5)} s of work)  ${feeds} feeds  ${String(articles).padStart(6)} articles  ` +
          `${residentMb.toFixed(0).padStart(4)} MB resident at most  loop blocked ${blockedMs.toFixed(0)} ms at most`,
      );
    }
  } finally {
    server.kill();
  }
}

function startPart(...args: string[]): ChildProcess {
  return fork(import.meta.filename, args);
}

async function runPart(name: string, address: string): Promise<readonly Figure[]> {
  const part = startPart(name, address);
  const ended = once(part, 'exit').then(() => Promise.reject(new Error(`the part ${name} failed`)));
  const [figures] = (await Promise.race([once(part, 'message'), ended])) as [readonly Figure[]];
  ended.catch(() => {});
  return figures;
}

async function tell(message: unknown): Promise<void> {
  await new Promise((resolve) => process.send?.(message, resolve));
  process.disconnect();
}

function listAddresses(): readonly string[] {
  return Array.from({ length: HOSTS }, (_, host) => `127.0.1.${host + 1}`);
}

function listUrls(): readonly string[] {
  const addresses = listAddresses();
  return Array.from(
    { length: FEEDS },
    (_, index) => `http://${addresses[index % HOSTS]}:${port}/feed-${index}.xml`,
  );
}

async function serveFeeds(): Promise<void> {
  let shared = 0;
  for (const address of listAddresses()) {
    const server = createServer(answer).listen(shared, address);
    await once(server, 'listening');
    shared = (server.address() as AddressInfo).port;
  }
  process.send?.(String(shared));
}

const answer: RequestListener = (request, response) => {
  const path = request.url ?? '';
  const etag = `"${path}"`;
  setTimeout(() => {
    response.setHeader('etag', etag).setHeader('content-type', 'application/rss+xml');
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(writeFeed(path));
  }, LATENCY_MS);
};

const WORDS =
  'the ferry council votes on a new bridge after the storm while orchard growers fear late frost and the museum returns its bronze bell to a village near the old railway tunnel'.split(
    ' ',
  );

function writeFeed(path: string): string {
  const seed = Number(/\d+/.exec(path)?.[0]);
  const items = Array.from({ length: ENTRIES }, (_, index) => {
    const date = new Date(Date.UTC(2026, 2, 9, 4) - index * 3_600_000).toUTCString();
    const place = seed * ENTRIES + index;
    return `<item><title>${writeText(place, 9)}</title><link>https://outlet-${seed}.example/${index}</link><guid>${place}</guid><pubDate>${date}</pubDate><description>&lt;p&gt;${writeText(place + 7, 60)}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${seed}</title><link>https://outlet-${seed}.example/</link><language>en</language>${items.join('')}</channel></rss>`;
}

function writeText(seed: number, words: number): string {
  return Array.from(
    { length: words },
    (_, index) => WORDS[(seed * 7 + index * index + index) % WORDS.length],
  ).join(' ');
}

async function fetchBare(): Promise<{ feeds: number; articles: number }> {
  const waiting = [...listUrls()];
  let feeds = 0;
  const worker = async (): Promise<void> => {
    for (let url = waiting.shift(); url; url = waiting.shift()) {
      await (await fetch(url)).text();
      feeds += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { feeds, articles: 0 };
}

async function measureDaybrief(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const allow = listAddresses().map((address) => `${address}:${port}`);
  const configuration = loadConfiguration({ data: folder, fetch_allow: allow.join(',') }, folder);
  const app = await openApp(configuration, { log: openLog('fatal') });
  const gather = async (): Promise<{ feeds: number; articles: number }> => {
    const gathered = await gatherFeeds(app);
    const bad = gathered.find(({ problem }) => problem);
    if (bad) throw new Error(bad.problem ?? '');
    return { feeds: gathered.length, articles: gathered.reduce((sum, row) => sum + row.added, 0) };
  };
  try {
    for (const url of listUrls())
      await saveFeed(app.store, { url, outlet: null, weight: 1, language: null }, app.now());
    // The pages of their articles are not on this machine.
    await app.store.db.updateTable('feeds').set({ fetch_pages: 0 }).execute();
    const cold = await measure('daybrief, cold', gather);
    await app.store.db.updateTable('feeds').set({ next_fetch_at: null }).execute();
    const unchanged = await measure('daybrief, all 304', gather);
    return [cold, unchanged];
  } finally {
    await closeApp(app);
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  what: string,
  work: () => Promise<{ feeds: number; articles: number }>,
): Promise<Figure> {
  let residentMb = 0;
  let blockedMs = 0;
  let workedBefore = readWorkMs();
  // Work of this thread between two turns of the loop: what a crowded machine takes away does not count.
  const look = setInterval(() => {
    const worked = readWorkMs();
    blockedMs = Math.max(blockedMs, worked - workedBefore);
    workedBefore = worked;
    residentMb = Math.max(residentMb, process.memoryUsage.rss() / 1e6);
  }, 1);
  const start = performance.now();
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(look);
  return {
    what,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    ...done,
    residentMb,
    blockedMs,
  };
}

function readWorkMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

if (mode === 'serve') await serveFeeds();
else if (mode === 'bare') await tell([await measure('bare fetch', fetchBare)]);
else if (mode === 'daybrief') {
  keepHeapSmall();
  await tell(await measureDaybrief());
} else await compare();
