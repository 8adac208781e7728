import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSeedServer, type SeedServer } from '../../src/web/open-seed-server.ts';

const FOLDER = fileURLToPath(new URL('../../seeds/morning', import.meta.url));
const NOW = '2026-03-09T06:00:00.000Z';

let seeds: SeedServer;

beforeAll(async () => {
  seeds = await openSeedServer({ folder: FOLDER, now: NOW });
});
afterAll(() => seeds.close());

test('every time mark becomes a time of this morning, in the format it asks for', async () => {
  const rss = await (await fetch(`${seeds.origin}/tidewire.xml`)).text();
  const atom = await (await fetch(`${seeds.origin}/kuestenbote.xml`)).text();
  expect(rss + atom).not.toContain('@@');
  expect(rss).toMatch(/<pubDate>Mon, 09 Mar 2026 0\d:\d\d:00 GMT<\/pubDate>/);
  expect(atom).toMatch(/>2026-03-0[89]T\d\d:\d\d:00\.000Z</);
});

test('every other byte is as it is written, also letters beyond ASCII', async () => {
  expect(await (await fetch(`${seeds.origin}/kuestenbote.xml`)).text()).toContain('ü');
});

test('a document not changed since is answered with 304 and nothing else', async () => {
  const first = await fetch(`${seeds.origin}/harbour-times.xml`);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"\w+"$/);
  const again = await fetch(`${seeds.origin}/harbour-times.xml`, {
    headers: { 'if-none-match': etag },
  });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('types, a feed that is gone and one that is not there are as server.json says', async () => {
  const rdf = await fetch(`${seeds.origin}/ward-round.xml`);
  expect(rdf.headers.get('content-type')).toBe('application/rdf+xml; charset=utf-8');
  expect((await fetch(`${seeds.origin}/closed-gazette.xml`)).status).toBe(410);
  expect((await fetch(`${seeds.origin}/server.json`)).status).toBe(404);
});

test('the address is given as the list of allowed places writes it', () => {
  expect(seeds.origin).toBe(`http://${seeds.hostPort}`);
});
