import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { clusterArticles } from './cluster-articles.ts';
import type { Background } from './compile-background.ts';
import { joinArticles } from './join-articles.ts';

/** Up to here clustering anew takes less than a second, and it is the better way. */
const MOST_ANEW = 5_000;
/** Above this share of new articles the known stories are no longer what the day is about. */
const MOST_NEW = 0.2;

/** What a day's articles are clustered with. */
export interface ClusterContext {
  /** Says how common words are beyond these articles. */
  readonly background: Background;
  /** The day's stories as they stood before, if there were any. */
  readonly known: readonly Pick<Story, 'articles'>[];
}

/** The stories of a day: clustered anew, but where there are very many articles and few are new these join the stories there are. */
export function clusterDay(
  articles: readonly Candidate[],
  { background, known }: ClusterContext,
  mostAnew = MOST_ANEW,
): readonly Story[] {
  const placed = new Set(known.flatMap((story) => story.articles));
  const fresh = articles.filter(({ key }) => !placed.has(key)).length;
  return articles.length > mostAnew && fresh <= MOST_NEW * articles.length
    ? joinArticles(known, articles, background)
    : clusterArticles(articles, background);
}
