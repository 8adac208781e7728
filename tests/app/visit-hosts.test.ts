import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { visitHosts } from '../../src/app/visit-hosts.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';

const NOW = '2026-03-09T05:00:00.000Z';
const LIMITS = { inAll: 4, perHost: 2, pauseMs: 1, hostMs: 2 * MINUTE };

function listUrls(host: string, count: number): { url: string }[] {
  return Array.from({ length: count }, (_, index) => ({ url: `https://${host}/${index}` }));
}

test('every item is visited once, two at a time per host and four in all', async () => {
  const items = ['a', 'b', 'c', 'd'].flatMap((name) => listUrls(`${name}.example`, 7));
  const visited: string[] = [];
  const going: string[] = [];
  let mostInAll = 0;
  let mostPerHost = 0;
  const visit = async ({ url }: { url: string }): Promise<void> => {
    const { hostname } = new URL(url);
    going.push(hostname);
    mostInAll = Math.max(mostInAll, going.length);
    mostPerHost = Math.max(mostPerHost, going.filter((host) => host === hostname).length);
    await wait(2);
    going.splice(going.indexOf(hostname), 1);
    visited.push(url);
  };
  await visitHosts(items, { visit, putOff: fail, now: () => NOW }, LIMITS);
  expect(visited.toSorted()).toEqual(items.map(({ url }) => url).toSorted());
  expect([mostInAll, mostPerHost]).toEqual([4, 2]);
});

test('a host that never answers holds up no other', async () => {
  const items = [...listUrls('slow.example', 3), ...listUrls('quick.example', 20)];
  const visited: string[] = [];
  let free: () => void = () => {};
  const isFree = new Promise<void>((resolve) => (free = resolve));
  const visit = async ({ url }: { url: string }): Promise<void> => {
    if (url.includes('slow')) await isFree;
    else if (visited.push(url) === 20) free();
  };
  await visitHosts(items, { visit, putOff: fail, now: () => NOW }, LIMITS);
  expect(visited).toHaveLength(20);
});

test('a host that had its time waits for the next run', async () => {
  let now = NOW;
  const visited: string[] = [];
  const putOff: string[] = [];
  const visitor = {
    visit: ({ url }: { url: string }) => {
      visited.push(url);
      if (url.includes('slow')) now = addTime(now, MINUTE);
      return Promise.resolve();
    },
    putOff: ({ url }: { url: string }) => void putOff.push(url),
    now: () => now,
  };
  await visitHosts(listUrls('slow.example', 10), visitor, LIMITS);
  await visitHosts(listUrls('quick.example', 10), visitor, LIMITS);
  expect(visited.filter((url) => url.includes('slow'))).toHaveLength(3);
  expect(visited.filter((url) => url.includes('quick'))).toHaveLength(10);
  expect(putOff).toHaveLength(7);
});

function fail(): never {
  throw new Error('no item should be put off');
}
