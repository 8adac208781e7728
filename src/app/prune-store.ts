import { addTime, DAY, type Instant } from '../domain/instant.ts';
import { findNote, saveNote } from '../store/meta.ts';
import {
  countArticlesBefore,
  countAttemptsBefore,
  removeArticlesBefore,
  removeAttemptsBefore,
  removeModelAnswersBefore,
} from '../store/prune.ts';
import type { App } from './app.ts';

const LAST_DONE = 'pruned_at';

/** What an upkeep removed, or would remove. */
export interface Pruned {
  readonly articles: number;
  readonly attempts: number;
}

/** What pruneStore would remove now; changes nothing. */
export async function planPruning(app: App): Promise<Pruned> {
  const { articles, attempts } = findLimits(app);
  return {
    articles: articles === null ? 0 : await countArticlesBefore(app.store, articles),
    attempts: attempts === null ? 0 : await countAttemptsBefore(app.store, attempts),
  };
}

/** Removes articles and attempts that are older than they are to be kept. Issues, readers and the ledger's rows stay. */
export async function pruneStore(app: App): Promise<Pruned> {
  const limits = findLimits(app);
  const pruned = {
    articles: limits.articles === null ? 0 : await removeArticlesBefore(app.store, limits.articles),
    attempts: limits.attempts === null ? 0 : await removeAttemptsBefore(app.store, limits.attempts),
  };
  if (limits.articles !== null) await removeModelAnswersBefore(app.store, limits.articles);
  await saveNote(app.store, LAST_DONE, app.now());
  if (pruned.articles + pruned.attempts > 0) app.log.info('store.pruned', { ...pruned });
  return pruned;
}

/** Prunes once a day. */
export async function pruneWhenDue(app: App): Promise<void> {
  const last = await findNote(app.store, LAST_DONE);
  if (last === null || addTime(last, DAY) <= app.now()) await pruneStore(app);
}

/** What is older than these goes; null where it is kept for ever. */
function findLimits({ settings, now }: App): Record<keyof Pruned, Instant | null> {
  const before = (days: number | null) => (days === null ? null : addTime(now(), -days * DAY));
  const { articlesDays, attemptsDays } = settings.keep;
  return { articles: before(articlesDays), attempts: before(attemptsDays) };
}
