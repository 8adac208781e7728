import type { Candidate } from '../domain/article.ts';
import { DAY } from '../domain/instant.ts';
import type { ToldStory } from '../domain/thread.ts';
import type { Background } from './compile-background.ts';
import { levelVector, multiplyVectors, type Vector } from './term-vector.ts';
import { weighArticles } from './weigh-articles.ts';
import { weighNames } from './weigh-names.ts';

/** Likeness from which a story goes on with a thread; much lower than for one event, because the event has moved on. */
const CUT = 0.15;
const NAME_SHARE = 0.2;
const FADE_DAYS = 13;
const MOST_DAYS = 14;
/** A thread is as near as its nearest stories are: one alone may be alike by chance. */
const STORIES_COMPARED = 2;
const MOST_TERMS = 16;
const MOST_POSTINGS = 200;
/** Stories whose telling terms alone do not bring them this near are not looked at closely. */
const LEAST_PROMISE = 0.02;
/** More of them than this are not looked at either, so that a flood of stories that look alike costs no quadratic time. */
const MOST_CANDIDATES = 50;
const LIKELY_LANGUAGE = 'en';

/** A story of some day; `thread` is null while it is not known, and its id is then its own. */
export type Linkable = Omit<ToldStory, 'thread'> & {
  readonly id: string;
  readonly thread: string | null;
};

interface Item {
  readonly story: Linkable;
  readonly day: number;
  readonly vector: Vector;
  readonly names: Vector;
  /** The heaviest of its terms that not too many others have. */
  readonly terms: readonly Term[];
}

interface Term {
  readonly id: number;
  readonly weight: number;
}

/** A story that has a term, by its place, and the weight of it there. */
interface Posting {
  readonly place: number;
  readonly weight: number;
}

interface Past {
  readonly items: readonly Item[];
  /** By the place of those items whose thread is known. */
  readonly threads: Map<number, string>;
  readonly byTerm: Map<number, Posting[]>;
  /** By place, what an item shares with the one looked at; all 0 in between. */
  readonly shared: Float64Array;
}

/**
 * The thread of every story, by its id: one that goes on with stories of the two weeks before takes their thread, any other
 * begins one of its own, named after it. Stories of different languages never meet; those of one day share a thread only when
 * it goes on from a day before.
 */
export function linkThreads(
  stories: readonly Linkable[],
  background: Background,
): ReadonlyMap<string, string> {
  const byLanguage = Map.groupBy(stories, ({ language }) => language ?? LIKELY_LANGUAGE);
  return new Map(
    [...byLanguage].flatMap(([language, group]) =>
      linkLanguage(weighStories(group, language, background.get(language))),
    ),
  );
}

function weighStories(
  stories: readonly Linkable[],
  language: string,
  shares: ReadonlyMap<string, number> | undefined,
): readonly Item[] {
  const inOrder = [...stories].sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  const { points, frequencies } = weighArticles(inOrder.map(toArticle), language, shares);
  const names = weighNames(inOrder.map(({ title, text }) => `${title}\n${text}`));
  return inOrder.map((story, place) => {
    const vector = levelVector(points[place]?.vector ?? EMPTY);
    const terms = listTellingTerms(vector, frequencies);
    return { story, day: dayOf(story), vector, names: names[place] ?? EMPTY, terms };
  });
}

const EMPTY: Vector = { ids: new Int32Array(0), weights: new Float32Array(0) };

function dayOf({ date }: Linkable): number {
  return Date.parse(date) / DAY;
}

function toArticle(story: Linkable): Candidate {
  const { id, title, text, language, date } = story;
  return {
    key: id,
    url: null,
    title,
    summary: text,
    text: '',
    outlet: { key: '', name: '' },
    language,
    publishedAt: date,
    isDateGuessed: false,
    image: null,
    categories: [],
    feedWeight: 1,
    position: 0,
    themeHint: null,
  };
}

function listTellingTerms(
  { ids, weights }: Vector,
  frequencies: readonly number[],
): readonly Term[] {
  return [...ids.keys()]
    .filter((place) => {
      const frequency = frequencies[ids[place] ?? 0] ?? 0;
      return frequency >= 2 && frequency <= MOST_POSTINGS;
    })
    .sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b)
    .slice(0, MOST_TERMS)
    .map((place) => ({ id: ids[place] ?? 0, weight: weights[place] ?? 0 }));
}

function linkLanguage(items: readonly Item[]): readonly (readonly [string, string])[] {
  const shared = new Float64Array(items.length);
  const past: Past = { items, threads: new Map(), byTerm: new Map(), shared };
  for (const [, today] of Map.groupBy(items.keys(), (place) => items[place]?.day)) {
    const open = linkPlaces(past, today);
    const isNewsThere = open.length < today.length;
    // What goes on from yesterday shows others of today where they belong.
    for (const place of isNewsThere ? linkPlaces(past, open) : open)
      addItem(past, place, items[place]?.story.id ?? '');
  }
  return items.map(({ story }, place) => [story.id, past.threads.get(place) ?? story.id]);
}

/** Finds the threads of the items at these places, and returns the places of those that have none. */
function linkPlaces(past: Past, places: readonly number[]): readonly number[] {
  const found = places.map((place) => chooseThread(past, place));
  for (const [index, place] of places.entries()) {
    const thread = found[index] ?? null;
    if (thread !== null) addItem(past, place, thread);
  }
  return places.filter((_, index) => found[index] === null);
}

function addItem({ items, threads, byTerm }: Past, place: number, thread: string): void {
  threads.set(place, thread);
  for (const { id, weight } of items[place]?.terms ?? []) {
    const known = byTerm.get(id);
    if (known) known.push({ place, weight });
    else byTerm.set(id, [{ place, weight }]);
  }
}

function chooseThread(past: Past, place: number): string | null {
  const item = past.items[place];
  return item ? (item.story.thread ?? findThread(item, past)) : null;
}

/** The thread whose stories are the most alike, if they are enough. */
function findThread(item: Item, past: Past): string | null {
  const byThread = new Map<string, number[]>();
  for (const place of listCandidates(item, past)) {
    const [other, thread] = [past.items[place], past.threads.get(place)];
    if (!other || thread === undefined) continue;
    const likenesses = byThread.get(thread) ?? [];
    byThread.set(thread, likenesses);
    likenesses.push(compareItems(item, other));
  }
  let [nearest, best]: [string | null, number] = [null, CUT];
  for (const [thread, likenesses] of byThread) {
    const likeness = averageBest(likenesses);
    if (likeness >= best) [nearest, best] = [thread, likeness];
  }
  return nearest;
}

/** The places of those of the last two weeks that share the most telling terms, the most promising first. */
function listCandidates({ terms, day }: Item, past: Past): readonly number[] {
  const { items, byTerm, shared } = past;
  const met: number[] = [];
  for (const term of terms)
    for (const { place, weight } of byTerm.get(term.id) ?? []) {
      if (shared[place] === 0) met.push(place);
      shared[place] = (shared[place] ?? 0) + term.weight * weight;
    }
  const found = met
    .map((place) => ({ place, product: shared[place] ?? 0 }))
    .filter(({ place, product }) => {
      return product >= LEAST_PROMISE && day - (items[place]?.day ?? 0) <= MOST_DAYS;
    });
  for (const place of met) shared[place] = 0;
  return found
    .sort((a, b) => b.product - a.product || a.place - b.place)
    .slice(0, MOST_CANDIDATES)
    .map(({ place }) => place);
}

function compareItems(a: Item, b: Item): number {
  const words = multiplyVectors(a.vector, b.vector);
  const names = multiplyVectors(a.names, b.names);
  const fade = Math.exp(-(((a.day - b.day) / FADE_DAYS) ** 2) / 2);
  return (words * (1 - NAME_SHARE) + names * NAME_SHARE) * fade;
}

function averageBest(likenesses: readonly number[]): number {
  const best = [...likenesses].sort((a, b) => b - a).slice(0, STORIES_COMPARED);
  return best.reduce((sum, likeness) => sum + likeness, 0) / best.length;
}
