import type { Transaction } from 'kysely';
import type { LocalDate } from '../domain/local-time.ts';
import type { ToldStory } from '../domain/thread.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** A story of an issue that is being frozen, with its thread and what it tells. */
export type ThreadStory = Omit<ToldStory, 'date'> & { readonly story: string };

/** What the issues of a newsletter told from one date up to, but without, another, oldest first; issues that were cancelled told nothing. */
export async function listToldStories(
  store: Store,
  newsletter: string,
  window: { from: LocalDate; before: LocalDate },
): Promise<readonly ToldStory[]> {
  return await store.db
    .selectFrom('thread_stories')
    .innerJoin('issues', 'issues.id', 'thread_stories.issue_id')
    .select(['thread_stories.thread_id as thread', 'issues.date'])
    .select(['thread_stories.language', 'thread_stories.title', 'thread_stories.text'])
    .where('thread_stories.newsletter', '=', newsletter)
    .where('issues.state', '!=', 'cancelled')
    .where('issues.date', '>=', window.from)
    .where('issues.date', '<', window.before)
    .orderBy('issues.date')
    .orderBy('thread_stories.issue_id')
    .orderBy('thread_stories.story_id')
    .execute();
}

/** Writes down which story of an issue is in which thread; belongs into the transaction that freezes the issue. */
export async function saveThreadStories(
  trx: Transaction<Schema>,
  issue: { readonly id: string; readonly newsletter: string; readonly date: LocalDate },
  stories: readonly ThreadStory[],
): Promise<void> {
  const { id, newsletter, date } = issue;
  for (const { thread, story, language, title, text } of stories) {
    await trx
      .insertInto('threads')
      .values({ newsletter, id: thread, began_on: date })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto('thread_stories')
      .values({
        newsletter,
        thread_id: thread,
        issue_id: id,
        story_id: story,
        language,
        title,
        text,
      })
      .execute();
  }
}
