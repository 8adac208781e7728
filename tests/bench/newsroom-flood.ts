import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import type { Background } from '../../src/cluster/compile-background.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, MINUTE, type Instant } from '../../src/domain/instant.ts';

const START: Instant = '2026-03-02T00:00:00.000Z';
const OUTLETS = 400;
const VOCABULARY = 60_000;
const WORDS_OF_EVENT = 14;
const MINUTES = 2 * 24 * 60;

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

/** How long it takes to cluster so many invented articles: by the clock, and of the processor, which a busy machine changes less. */
export function timeFlood(
  count: number,
  background: Background,
): { seconds: number; ofProcessor: number } {
  const articles = inventArticles(count);
  const [start, used] = [performance.now(), process.cpuUsage()];
  clusterArticles(articles, background);
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - start) / 1e3, ofProcessor: (user + system) / 1e6 };
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
