import { addTime, DAY, HOUR, MINUTE } from '../domain/instant.ts';
import { fetchPage } from '../gather/fetch-page.ts';
import type { FetchGuard } from '../gather/open-fetch-guard.ts';
import { openPageReader } from '../gather/open-page-reader.ts';
import { openRobotsGuard } from '../gather/open-robots-guard.ts';
import { listShortArticles, savePage, type ShortArticle } from '../store/article-pages.ts';
import type { App } from './app.ts';
import { visitHosts } from './visit-hosts.ts';

/** How many short articles got their text from their page, and how many stayed as they were. */
export interface CompletedArticles {
  readonly completed: number;
  readonly left: number;
}

const PER_FEED = 10;
const LIMITS = { inAll: 8, perHost: 1, pauseMs: 1_000, hostMs: MINUTE };

/**
 * Reads the pages of recent articles whose feeds gave next to no text, where the feed's owner and the site's robots.txt
 * allow it. A page that fails changes nothing and is tried once more an hour later.
 */
export async function completeArticles(
  app: App,
  guard: FetchGuard,
  limits: Partial<typeof LIMITS> = {},
): Promise<CompletedArticles> {
  const articles = await listShortArticles(app.store, {
    since: addTime(app.now(), -2 * DAY),
    triedBefore: addTime(app.now(), -HOUR),
    perFeed: PER_FEED,
  });
  let completed = 0;
  if (articles.length === 0) return { completed, left: 0 };
  const robots = openRobotsGuard(guard, app.now());
  const reader = openPageReader();
  const visit = async (article: ShortArticle): Promise<void> => {
    const page = await fetchPage(robots, article.url, app.now());
    const read = 'problem' in page ? null : await reader.read(page, article);
    await savePage(app.store, article.key, { page: read, now: app.now() });
    if (read) completed += 1;
    const problem = 'problem' in page ? page.problem : read ? null : 'No article was found there.';
    app.log[problem ? 'info' : 'debug']('page.read', { article: article.key, problem });
  };
  const visitor = { visit, putOff: () => {}, now: app.now };
  try {
    await visitHosts(articles, visitor, { ...LIMITS, ...limits });
  } finally {
    await reader.close();
  }
  return { completed, left: articles.length - completed };
}
