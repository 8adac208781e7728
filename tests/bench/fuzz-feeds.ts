import fc from 'fast-check';
import { parseFeed } from '../../src/gather/parse-feed.ts';
import { damagedFeeds, listFaults, madeUpFeeds } from '../gather/damaged-feeds.ts';

// node tests/bench/fuzz-feeds.ts [minutes]: damages feeds until the time is up or a promise is broken.

const MOST_MILLISECONDS = 2_000;
const minutes = Number(process.argv[2] ?? 1);
const end = performance.now() + minutes * 60_000;
const encoder = new TextEncoder();
const documents = fc.oneof(
  damagedFeeds(),
  madeUpFeeds().map((text) => encoder.encode(text)),
  fc.string({ unit: 'binary', maxLength: 400 }).map((text) => encoder.encode(text)),
  fc.uint8Array({ maxLength: 400 }),
);

let runs = 0;
let slowest = 0;
while (performance.now() < end) {
  fc.assert(
    fc.property(documents, (bytes) => {
      const start = performance.now();
      const parsed = parseFeed(bytes, { contentType: null, url: 'https://example.org/feed' });
      const took = performance.now() - start;
      slowest = Math.max(slowest, took);
      runs += 1;
      const faults = listFaults(parsed);
      if (took > MOST_MILLISECONDS) faults.push(`${took} ms`);
      if (faults.length > 0) throw new Error(faults.join('; '));
    }),
    { numRuns: 2_000 },
  );
}
console.log(
  `${runs} documents in ${minutes} minutes, no promise broken, slowest ${slowest.toFixed(0)} ms`,
);
