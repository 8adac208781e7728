import type { Candidate } from '../domain/article.ts';
import { listRoots } from './list-roots.ts';

const MOST_ARTICLES = 20;
const MOST_CHARACTERS = 1_500;

/** How near a text comes to what all reports of a story share: 0 is beside the point. */
export type Centrality = (text: string) => number;

/**
 * Measures texts against the words that many outlets of a story use; of a lone report, against its own.
 * A title counts as much as a paragraph, and long texts gain nothing by their length.
 */
export function weighStory(articles: readonly Candidate[]): Centrality {
  const few = articles.slice(0, MOST_ARTICLES);
  const language = few[0]?.language ?? null;
  const counts = new Map<string, number>();
  for (const { title, summary, text } of few) {
    const body = `${summary} ${text}`.slice(0, MOST_CHARACTERS);
    for (const part of [title.slice(0, MOST_CHARACTERS), body])
      for (const root of listRoots(part, language)) counts.set(root, (counts.get(root) ?? 0) + 1);
  }
  const most = Math.max(1, few.length * 2);
  return (text) => {
    const roots = [...listRoots(text, language)];
    const shared = roots.reduce((sum, root) => sum + (counts.get(root) ?? 0) / most, 0);
    return roots.length === 0 ? 0 : shared / Math.sqrt(roots.length + 2);
  };
}
