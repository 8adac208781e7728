import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import type { Background } from '../../src/cluster/compile-background.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, MINUTE, type Instant } from '../../src/domain/instant.ts';

/** How many articles, and what the clustering of so many took elsewhere and shall take here. */
const FLOODS = [
  { count: 1_000, floor: '0.19', reach: '≤ 0.2' },
  { count: 20_000, floor: '3–7', reach: '≤ 3' },
  { count: 100_000, floor: '20–39', reach: '≤ 20', memoryFloor: '0.85', memoryReach: '≤ 0.8' },
];

const START: Instant = '2026-03-02T00:00:00.000Z';
const OUTLETS = 400;
const VOCABULARY = 60_000;
const WORDS_OF_EVENT = 14;
const MINUTES = 2 * 24 * 60;

/** The rows of the table about floods of invented articles, each clustered twice in a process of its own. */
export function describeFloods() {
  return FLOODS.flatMap(({ count, floor, reach, memoryFloor = '', memoryReach = '' }) => {
    const cost = measureFlood(count);
    const set = `${count.toLocaleString('en')} invented articles`;
    return [
      { set, measure: 'stories, seconds', value: cost.seconds, floor, reach },
      { set, measure: 'seconds of processor', value: cost.ofProcessor, floor: '', reach: '' },
      { set, measure: 'the same once more, seconds', value: cost.again, floor: '', reach: '' },
      {
        set,
        measure: 'resident, GB',
        value: cost.resident,
        floor: memoryFloor,
        reach: memoryReach,
      },
    ];
  });
}

/** What clustering a flood took: by the clock, and of the processor, which a busy machine changes less. */
interface FloodCost {
  readonly seconds: number;
  readonly ofProcessor: number;
  /** By the clock, of the same once more in the same process. */
  readonly again: number;
  /** The most memory the process ever had, GB, the articles themselves included. */
  readonly resident: number;
}

/** A person who asks waits for a fresh process. */
function measureFlood(count: number): FloodCost {
  const args = [join(import.meta.dirname, 'cluster-flood.ts'), String(count)];
  const finished = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 600_000 });
  if (finished.status !== 0) throw new Error(`The flood failed:\n${finished.stderr}`);
  return JSON.parse(finished.stdout) as FloodCost;
}

/** Clusters so many invented articles, right here; the memory is that after the first time. */
export function clusterFlood(count: number, background: Background): FloodCost {
  const articles = inventArticles(count);
  const [start, used] = [performance.now(), process.cpuUsage()];
  clusterArticles(articles, background);
  const { user, system } = process.cpuUsage(used);
  const [end, { maxRSS }] = [performance.now(), process.resourceUsage()];
  clusterArticles(articles, background);
  return {
    seconds: (end - start) / 1e3,
    ofProcessor: (user + system) / 1e6,
    again: (performance.now() - end) / 1e3,
    resident: (maxRSS * 1024) / 1e9,
  };
}

/** As many articles of two days: some events in many outlets, most in one, words as frequent as in a language (Zipf). */
function inventArticles(count: number): readonly Candidate[] {
  const random = openDice(7);
  const events: (readonly string[])[] = [];
  return Array.from({ length: count }, (_, index) => {
    const isNew = events.length === 0 || random() < 0.6;
    if (isNew) events.push(Array.from({ length: WORDS_OF_EVENT }, () => inventWord(random())));
    const event = events[isNew ? events.length - 1 : Math.floor(random() ** 2 * events.length)]!;
    const outlet = `outlet-${Math.floor(random() * OUTLETS)}`;
    return {
      key: `flood-${index}`,
      url: null,
      title: writeText(event, 9, random),
      summary: writeText(event, 30, random),
      text: '',
      outlet: { key: outlet, name: outlet },
      language: 'en',
      publishedAt: addTime(START, Math.floor(random() * MINUTES) * MINUTE),
      isDateGuessed: false,
      image: null,
      categories: [],
      feedWeight: 1,
      position: 0,
      themeHint: null,
    };
  });
}

/** Half the words are the event's own, half any. */
function writeText(event: readonly string[], length: number, random: () => number): string {
  return Array.from({ length }, () =>
    random() < 0.5 ? event[Math.floor(random() * event.length)]! : inventWord(random()),
  ).join(' ');
}

/** The word at a place of the vocabulary; the first are by far the most frequent. */
function inventWord(place: number): string {
  const rank = Math.floor(VOCABULARY ** place);
  return `${SYLLABLES[rank % 20]}${SYLLABLES[Math.floor(rank / 20) % 20]}${rank.toString(36)}`;
}

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zy'.split(' ');

/** Numbers from 0 to 1 that are the same every time (a linear congruence). */
function openDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
