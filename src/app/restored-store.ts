import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import { findNote, findStoreId, removeNote } from '../store/meta.ts';
import { findHandOvers, markRestored, RESTORED, RESTORED_AT } from '../store/restored-rows.ts';
import { openSendJournal } from '../store/send-journal.ts';
import type { App } from './app.ts';

/** True for a store that was put back from a copy until a person has looked: one that counts fewer messages than its journal was copied back by hand. */
export async function isRestored(app: App): Promise<boolean> {
  if ((await findNote(app.store, RESTORED)) !== null) return true;
  // The journal first: the store is never behind it, unless it is old.
  const last = await openSendJournal(app.store.path).findLast(await findStoreId(app.store));
  const known = await findHandOvers(app.store);
  if (last <= known) return false;
  const why = `this store is an old copy, ${last - known} messages were sent that it does not know of`;
  await markRestored(app.store, { why, handOvers: last, now: app.now() });
  app.log.error('store.is_old', { unknownToIt: last - known });
  return true;
}

/** Throws BriefingError `conflict` for a store that was put back from a copy, until a person has looked: it may not know of mails that are out. */
export async function refuseRestored(app: App): Promise<void> {
  if (!(await isRestored(app))) return;
  const why = await findNote(app.store, RESTORED);
  throw new BriefingError(
    'conflict',
    `Nothing is sent: ${why}. Look with "daybrief issues" and "daybrief ledger ISSUE --state unknown" at what may be out already; then let sending go on with: daybrief resume --after-restore`,
  );
}

/** When the store was put back from a copy: what was due before is not sent by itself. Null when it never was. */
export async function findRestoredAt(app: App): Promise<Instant | null> {
  return await findNote(app.store, RESTORED_AT);
}

/** Lets sending go on after a person has looked. What was due before the store was put back is not sent by itself. */
export async function resumeRestored(
  app: App,
): Promise<{ wasRestored: boolean; since: Instant | null }> {
  const wasRestored = await isRestored(app);
  if (wasRestored) await removeNote(app.store, RESTORED);
  app.log.warn('store.resumed', { wasRestored });
  return { wasRestored, since: await findRestoredAt(app) };
}
