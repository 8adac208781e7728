import { addTime, DAY, HOUR, type Instant } from '../domain/instant.ts';
import type { QuotaUse } from '../domain/send-quota.ts';
import type { Store } from './open-store.ts';

/** How many messages a transport took in the last hour and day; up to ten minutes more than that, never less. */
export async function countTransportUse(
  store: Store,
  transport: string,
  now: Instant,
): Promise<QuotaUse> {
  const hourAgo = nameSlot(addTime(now, -HOUR));
  const today = nameSlot(addTime(now, -20 * HOUR));
  const rows = await store.db
    .selectFrom('transport_use')
    .select(['slot', 'count'])
    .where('transport', '=', transport)
    .where('slot', '>=', nameSlot(addTime(now, -DAY)))
    .execute();
  const sum = (counts: readonly { count: number }[]) =>
    counts.reduce((total, { count }) => total + count, 0);
  return {
    hour: sum(rows.filter(({ slot }) => slot >= hourAgo)),
    today: sum(rows.filter(({ slot }) => slot >= today)),
    day: sum(rows),
  };
}

/** Counts messages as taken, before they go; what is older than two days is forgotten. */
export async function recordTransportUse(
  store: Store,
  transport: string,
  { count, now }: { count: number; now: Instant },
): Promise<void> {
  await store.db
    .insertInto('transport_use')
    .values({ transport, slot: nameSlot(now), count })
    .onConflict((conflict) =>
      conflict
        .columns(['transport', 'slot'])
        .doUpdateSet((row) => ({ count: row('transport_use.count', '+', count) })),
    )
    .execute();
  await store.db
    .deleteFrom('transport_use')
    .where('slot', '<', nameSlot(addTime(now, -2 * DAY)))
    .execute();
}

/** `2026-03-09T05:3`: ten minutes. */
function nameSlot(instant: Instant): string {
  return instant.slice(0, 15);
}
