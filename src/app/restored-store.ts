import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import { findNote, removeNote } from '../store/meta.ts';
import type { App } from './app.ts';

/** Name of the note that a store was put back from a copy and nobody has looked yet. */
export const RESTORED = 'restored';

/** Name of the note when that was: what was due before is not sent by itself. */
export const RESTORED_AT = 'restored_at';

/** True for a store that was put back from a copy until a person has looked. */
export async function isRestored(app: App): Promise<boolean> {
  return (await findNote(app.store, RESTORED)) !== null;
}

/** Throws BriefingError `conflict` for a store that was put back from a copy, until a person has looked: it may not know of mails that are out. */
export async function refuseRestored(app: App): Promise<void> {
  const why = await findNote(app.store, RESTORED);
  if (why === null) return;
  throw new BriefingError(
    'conflict',
    `Nothing is sent: ${why}. Look at the rows that are "unknown" with "daybrief issues" and "daybrief ledger ISSUE --state unknown"; then let sending go on with: daybrief resume --after-restore`,
  );
}

/** Lets sending go on after a person has looked. What was due before the store was put back is not sent by itself. */
export async function resumeRestored(
  app: App,
): Promise<{ wasRestored: boolean; since: Instant | null }> {
  const wasRestored = await isRestored(app);
  if (wasRestored) await removeNote(app.store, RESTORED);
  app.log.warn('store.resumed', {});
  return { wasRestored, since: await findNote(app.store, RESTORED_AT) };
}
