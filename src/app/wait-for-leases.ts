import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { findIssue } from '../store/issues.ts';
import { hasHeldRows } from '../store/ledger.ts';
import type { App } from './app.ts';
import type { SendOptions } from './sending.ts';

const LOOK_EVERY = SECOND / 2;
/** A little longer than a lease: who still holds a mail then is alive and sends it. */
const MOST_LOOKS = 64;

/** Waits while another process holds mails of an issue that is being sent: a killed one's are free again after half a minute. True when they were freed or settled meanwhile. */
export async function waitForLeases(
  app: App,
  issue: Issue,
  { signal, onWait }: Pick<SendOptions, 'signal' | 'onWait'>,
): Promise<boolean> {
  for (let looks = 0; looks < MOST_LOOKS && !signal?.aborted; looks += 1) {
    if (!(await hasHeldRows(app.store, issue.id, app.now()))) return looks > 0;
    if ((await findIssue(app.store, issue))?.state !== 'sending') return false;
    if (looks === 0) onWait?.();
    await sleep(LOOK_EVERY);
  }
  return false;
}
