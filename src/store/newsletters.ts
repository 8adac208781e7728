import type { Instant } from '../domain/instant.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Store } from './open-store.ts';

/** All newsletters by slug. */
export async function listNewsletters(store: Store): Promise<readonly Newsletter[]> {
  const rows = await store.db.selectFrom('newsletters').selectAll().orderBy('slug').execute();
  return rows.map(toNewsletter);
}

/** The newsletter with this slug, or null. */
export async function findNewsletter(store: Store, slug: string): Promise<Newsletter | null> {
  const row = await store.db
    .selectFrom('newsletters')
    .selectAll()
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row ? toNewsletter(row) : null;
}

/** When the newsletter was first saved, or null: a morning before it was nobody's to miss. */
export async function findNewsletterStart(store: Store, slug: string): Promise<Instant | null> {
  const row = await store.db
    .selectFrom('newsletters')
    .select('created_at')
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

/** Adds a newsletter or replaces the one with its slug. */
export async function saveNewsletter(
  store: Store,
  newsletter: Newsletter,
  now: Instant,
): Promise<void> {
  const { isPaused, ...definition } = newsletter;
  const row = { definition: JSON.stringify(definition), is_paused: isPaused ? 1 : 0 };
  await store.db
    .insertInto('newsletters')
    .values({ slug: newsletter.slug, ...row, created_at: now })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(row))
    .execute();
}

/** What a definition saved by an older daybrief does not have. */
const SINCE_ADDED = { editors: [], readerTime: 'newsletter', holidays: [] } as const;

function toNewsletter(row: { definition: string; is_paused: number }): Newsletter {
  const definition = JSON.parse(row.definition) as Omit<Newsletter, 'isPaused'>;
  return { ...SINCE_ADDED, ...definition, isPaused: row.is_paused === 1 };
}
