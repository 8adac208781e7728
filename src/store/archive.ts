import type { Issue, IssueState } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { toIssue } from './issues.ts';
import type { Store } from './open-store.ts';

/** The issues of one newsletter that may be seen. */
export interface Shelf {
  readonly newsletter: string;
  readonly states: readonly IssueState[];
}

/** The newest issues of a shelf, at most `limit`, only those of dates before `before` when it is given. */
export async function listShelf(
  store: Store,
  shelf: Shelf,
  page: { readonly limit: number; readonly before?: LocalDate },
): Promise<readonly Issue[]> {
  let query = selectShelf(store, shelf).selectAll().orderBy('date', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('date', '<', page.before);
  return (await query.execute()).map(toIssue);
}

/** The issue of a date on a shelf, or null. */
export async function findOnShelf(
  store: Store,
  shelf: Shelf,
  date: LocalDate,
): Promise<Issue | null> {
  const row = await selectShelf(store, shelf)
    .selectAll()
    .where('date', '=', date)
    .orderBy('kind')
    .executeTakeFirst();
  return row ? toIssue(row) : null;
}

/** The dates of the issues before and after a date on a shelf; null at its ends. */
export async function findNeighbours(
  store: Store,
  shelf: Shelf,
  date: LocalDate,
): Promise<{ readonly earlier: LocalDate | null; readonly later: LocalDate | null }> {
  const dates = selectShelf(store, shelf).select('date');
  const [earlier, later] = await Promise.all([
    dates.where('date', '<', date).orderBy('date', 'desc').executeTakeFirst(),
    dates.where('date', '>', date).orderBy('date').executeTakeFirst(),
  ]);
  return { earlier: earlier?.date ?? null, later: later?.date ?? null };
}

function selectShelf(store: Store, { newsletter, states }: Shelf) {
  return store.db
    .selectFrom('issues')
    .where('newsletter', '=', newsletter)
    .where('state', 'in', states);
}
