import { judgeArticles } from '../compose/judge-articles.ts';
import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { clusterAside } from './cluster-aside.ts';
import type { MorningInputs } from './morning-inputs.ts';

/** A morning's articles as they are judged and grouped, before anything is chosen. */
export interface MorningStories extends ReturnType<typeof judgeArticles> {
  /** The welcome articles that may be told: an opening note is not. */
  readonly candidates: readonly Candidate[];
  /** The same by key. */
  readonly articles: ReadonlyMap<string, Candidate>;
  /** As their words group them. */
  readonly stories: readonly Story[];
}

/** Judges a morning's articles and groups the welcome ones into stories by their words. */
export async function clusterMorning(inputs: MorningInputs): Promise<MorningStories> {
  const judged = judgeArticles(inputs.articles, inputs.newsletter);
  const candidates = judged.welcome.filter(({ wish }) => !wish?.isOpening);
  const articles = new Map(candidates.map((article) => [article.key, article]));
  return { ...judged, candidates, articles, stories: await clusterAside(candidates, inputs) };
}
