import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND, timeBetween } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { findIssue } from '../store/issues.ts';
import { findSendFacts } from '../store/sends.ts';
import type { App } from './app.ts';
import type { SendOptions } from './sending.ts';

const LOOK_EVERY = SECOND / 2;

/** Waits until the hold of an issue is over, or until somebody pauses or cancels it or the signal comes. What holds it is asked of the store, so another process may pull it back. */
export async function waitForHold(
  app: App,
  issue: Issue,
  options: Pick<SendOptions, 'signal' | 'onHold'>,
): Promise<void> {
  while (!options.signal?.aborted) {
    const { holdUntil } = await findSendFacts(app.store, issue.id);
    const left = holdUntil === null ? 0 : timeBetween(app.now(), holdUntil);
    if (left <= 0 || (await findIssue(app.store, issue))?.state !== 'sending') return;
    options.onHold?.(Math.ceil(left / SECOND));
    await sleep(Math.min(left, LOOK_EVERY));
  }
}
