import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { makeStory } from './make-story.ts';

const MOST_KEYWORDS = 8;

/** How close in meaning two stories are, by the keys of their leads: the cosine of what a model says of them. */
export interface Closeness {
  readonly a: string;
  readonly b: string;
  readonly closeness: number;
}

/** What a model of embeddings had to do with a morning, as data: with it the stories can be merged again without asking. */
export interface MeaningShare {
  readonly model: string;
  /** How close two stories must be to be one. */
  readonly least: number;
  /** The pairs that are near in words; all others are never one. */
  readonly pairs: readonly Closeness[];
}

/**
 * Merges the stories that are one in meaning, the closest first; `joined` are the pairs that did it. A story joins others
 * only if it is close to each of them, so that no chain of half-alike stories grows.
 */
export function mergeByMeaning(
  stories: readonly Story[],
  { pairs, least }: MeaningShare,
  articles: ReadonlyMap<string, Candidate>,
): { readonly stories: readonly Story[]; readonly joined: readonly Closeness[] } {
  const close = pairs.filter(({ closeness }) => closeness >= least);
  const isClose = new Set(close.flatMap(({ a, b }) => [`${a}\n${b}`, `${b}\n${a}`]));
  const groupOf = new Map(stories.map((story) => [story.lead, [story]]));
  const joined: Closeness[] = [];
  for (const pair of close.toSorted((one, other) => other.closeness - one.closeness)) {
    const [first, second] = [groupOf.get(pair.a), groupOf.get(pair.b)];
    if (!first || !second || first === second) continue;
    const areClose = first.every((one) =>
      second.every((other) => isClose.has(`${one.lead}\n${other.lead}`)),
    );
    if (!areClose) continue;
    const both = [...first, ...second];
    for (const { lead } of both) groupOf.set(lead, both);
    joined.push(pair);
  }
  const merged = [...new Set(groupOf.values())].map((group) => mergeStories(group, articles));
  return { stories: joined.length > 0 ? merged : stories, joined };
}

function mergeStories(group: readonly Story[], articles: ReadonlyMap<string, Candidate>): Story {
  const [first, ...others] = group;
  if (first && others.length === 0) return first;
  const members = group.flatMap((story) =>
    story.articles.flatMap((key) => articles.get(key) ?? []),
  );
  const keywords = new Set(group.flatMap((story) => story.keywords));
  return makeStory(members, [...keywords].slice(0, MOST_KEYWORDS));
}
