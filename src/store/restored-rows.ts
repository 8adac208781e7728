import { CompiledQuery } from 'kysely';
import type { Instant } from '../domain/instant.ts';
import { findNote, saveNote } from './meta.ts';
import type { Store } from './open-store.ts';
import { writeTogether } from './write-together.ts';

/** Names of the notes of a store that was put back from a copy: why nothing is sent, and when that was. */
export const RESTORED = 'restored';
export const RESTORED_AT = 'restored_at';

const HAND_OVERS = 'hand_overs';
const OPEN = ['queued', 'claimed', 'handing_over'] as const;

const COUNT = `
  insert into meta (key, value) values ('${HAND_OVERS}', '1')
  on conflict (key) do update set value = cast(value as integer) + 1
  returning cast(value as integer) as number`;

/** Counts one more message handed over by this store, ever, and returns the count. */
export async function countHandOver(store: Store): Promise<number> {
  const { rows } = await store.db.executeQuery<{ number: number }>(CompiledQuery.raw(COUNT));
  return rows[0]?.number ?? 0;
}

/** How many messages this store has handed over, ever. */
export async function findHandOvers(store: Store): Promise<number> {
  return Number((await findNote(store, HAND_OVERS)) ?? 0);
}

/**
 * Marks a store as put back from a copy, in one transaction: whatever was open may be out by now and becomes `unknown`, nothing due before
 * `now` is sent by itself, and nothing at all until a person has looked.
 */
export async function markRestored(
  store: Store,
  mark: { why: string; handOvers: number; now: Instant },
): Promise<void> {
  await writeTogether(store, async (inside) => {
    const reason = 'open when the store was put back from a copy: it may have been sent since';
    for (const table of ['deliveries', 'outbox'] as const)
      await inside.db
        .updateTable(table)
        .set({ state: 'unknown', reason, lease_token: null, lease_until: null })
        .where('state', 'in', OPEN)
        .execute();
    await saveNote(inside, RESTORED, mark.why);
    await saveNote(inside, RESTORED_AT, mark.now);
    await saveNote(inside, HAND_OVERS, String(mark.handOvers));
  });
}
