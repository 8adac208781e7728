import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import { findStoreId } from '../store/meta.ts';
import { openStore } from '../store/open-store.ts';
import { findHandOvers, markRestored } from '../store/restored-rows.ts';
import { openSendJournal } from '../store/send-journal.ts';

/** Where the store is now, and where the one before was put; null when there was none. */
interface Restored {
  readonly store: string;
  readonly before: string | null;
}

/**
 * Puts a backup in the place of the store, which is kept beside it. The new one sends nothing until a person has looked.
 * Throws BriefingError when the file is no store; then nothing is changed.
 */
export async function restoreStore(
  settings: Settings,
  file: string,
  now: Instant,
): Promise<Restored> {
  if (!existsSync(file))
    throw new BriefingError('not_found', `There is no file ${file}. Check the path of the backup.`);
  const store = join(settings.data, 'daybrief.sqlite');
  const fresh = `${store}.restoring`;
  mkdirSync(settings.data, { recursive: true });
  moveStore(fresh, null);
  copyFileSync(file, fresh);
  await markCopy(fresh, { file, journal: store, now });
  const before = existsSync(store) ? `${store}.before-${now.replace(/[^0-9TZ]/g, '')}` : null;
  moveStore(store, before);
  moveStore(fresh, store);
  return { store, before };
}

async function markCopy(
  copy: string,
  mark: { file: string; journal: string; now: Instant },
): Promise<void> {
  const opened = openStore(copy);
  try {
    const last = await openSendJournal(mark.journal).findLast(await findStoreId(opened));
    const handOvers = Math.max(last, await findHandOvers(opened));
    const why = `the store was restored from a backup at ${mark.now}`;
    await markRestored(opened, { why, handOvers, now: mark.now });
  } finally {
    await opened.close();
  }
}

/** Moves a store with the files SQLite keeps beside it; with no place to go they are removed. */
function moveStore(from: string, to: string | null): void {
  for (const ending of ['', '-wal', '-shm']) {
    if (!existsSync(`${from}${ending}`)) continue;
    if (to === null) rmSync(`${from}${ending}`);
    else renameSync(`${from}${ending}`, `${to}${ending}`);
  }
}
