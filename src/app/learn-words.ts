import { setImmediate as letOthersRun } from 'node:timers/promises';
import { countStems } from '../cluster/count-stems.ts';
import { addTime, DAY } from '../domain/instant.ts';
import type { WordCounts } from '../domain/word-counts.ts';
import {
  halveWordCounts,
  listUncountedArticles,
  saveWordCounts,
  type CountableArticle,
} from '../store/word-counts.ts';
import type { App } from './app.ts';

/** What today's mornings may still print is news, and its words must not seem common because of it. */
const NEWS_MS = 2 * DAY;
const ARTICLES_AT_ONCE = 200;
const LIMITS = { batches: 20, articles: 200_000, stems: 150_000 };

/**
 * Counts the words of the articles that are no news any more, each article once, so that what this installation reads
 * every day stops joining stories. Returns how many it counted; of very many the rest waits for the next time.
 */
export async function learnWords(app: App, limits: Partial<typeof LIMITS> = {}): Promise<number> {
  const { batches, ...most } = { ...LIMITS, ...limits };
  const wish = { seenBefore: addTime(app.now(), -NEWS_MS), limit: ARTICLES_AT_ONCE };
  let learned = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const articles = await listUncountedArticles(app.store, wish);
    if (articles.length === 0) break;
    const keys = articles.map(({ key }) => key);
    await saveWordCounts(app.store, countByLanguage(articles), keys);
    learned += articles.length;
    await letOthersRun();
  }
  if (learned === 0) return 0;
  await halveWordCounts(app.store, most);
  app.log.debug('words.learned', { articles: learned });
  return learned;
}

/** Articles of a language nobody knows tell of none. */
function countByLanguage(articles: readonly CountableArticle[]): readonly WordCounts[] {
  const groups = Map.groupBy(articles, ({ language }) => language);
  return [...groups].flatMap(([language, group]) =>
    language === null
      ? []
      : [{ language, articles: group.length, stems: countStems(group, language) }],
  );
}
