import { findNote, saveNote } from '../store/meta.ts';
import type { App } from './app.ts';
import { receiveBounce } from './receive-bounce.ts';

const PLACE = 'bounce_mailbox.cursor';

/**
 * Reads what came into the bounce mailbox since the last time, the oldest fifty first, and changes nothing there; nothing when none is set.
 * Where it stands is kept after each reading: a crash reads those mails again, which changes nothing.
 */
export async function readBounceMailbox(app: App): Promise<void> {
  const { mailbox, password } = app.settings.bounces;
  if (mailbox === '') return;
  const { readMailboxSources } = await import('../deliver/read-mailbox.ts');
  const cursor = await findNote(app.store, PLACE);
  const read = await readMailboxSources(mailbox, {
    password: password.reveal(),
    passwordName: 'DAYBRIEF_BOUNCE_PASSWORD',
    cursor,
    choice: 'oldest',
  });
  if ('problem' in read) {
    app.log.warn('bounces.not_read', { problem: read.problem });
    return;
  }
  let recorded = 0;
  for (const source of read.sources) {
    if (source.length === 0) continue;
    const { outcome } = await receiveBounce(app, source, 'mailbox');
    if (outcome === 'recorded') recorded += 1;
  }
  if (read.cursor !== cursor) await saveNote(app.store, PLACE, read.cursor);
  if (read.sources.length > 0)
    app.log.info('bounces.read', { mails: read.sources.length, recorded });
}
