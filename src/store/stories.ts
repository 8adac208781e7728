import type { Instant } from '../domain/instant.ts';
import type { Story } from '../domain/story.ts';
import type { Store } from './open-store.ts';

/** Which of these articles belong to which story of a newsletter so far. */
export async function listStories(
  store: Store,
  newsletter: string,
): Promise<readonly { id: string; articles: readonly string[] }[]> {
  const rows = await store.db
    .selectFrom('story_articles')
    .select(['story_id', 'article_key'])
    .where('newsletter', '=', newsletter)
    .where('article_key', 'not in', (q) =>
      q
        .selectFrom('issue_articles')
        .select('issue_articles.article_key')
        .where('issue_articles.newsletter', '=', newsletter),
    )
    .orderBy('story_id')
    .execute();
  const stories = new Map<string, string[]>();
  for (const row of rows) {
    stories.set(row.story_id, [...(stories.get(row.story_id) ?? []), row.article_key]);
  }
  return [...stories].map(([id, articles]) => ({ id, articles }));
}

/** Keeps the stories of a morning; articles move to the story that names them now, emptied stories go. */
export async function saveStories(
  store: Store,
  stories: readonly Story[],
  options: { newsletter: string; now: Instant },
): Promise<void> {
  const { newsletter, now } = options;
  await store.db.transaction().execute(async (trx) => {
    for (const story of stories) {
      await trx
        .insertInto('stories')
        .values({ id: story.id, newsletter, lead: story.lead, updated_at: now })
        .onConflict((conflict) =>
          conflict.columns(['newsletter', 'id']).doUpdateSet({ lead: story.lead, updated_at: now }),
        )
        .execute();
      for (const article_key of story.articles) {
        await trx
          .insertInto('story_articles')
          .values({ newsletter, article_key, story_id: story.id })
          .onConflict((conflict) =>
            conflict.columns(['newsletter', 'article_key']).doUpdateSet({ story_id: story.id }),
          )
          .execute();
      }
    }
    await trx
      .deleteFrom('stories')
      .where('newsletter', '=', newsletter)
      .where('id', 'not in', (q) =>
        q
          .selectFrom('story_articles')
          .select('story_articles.story_id')
          .where('story_articles.newsletter', '=', newsletter),
      )
      .execute();
  });
}
