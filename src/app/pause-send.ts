import { BriefingError } from '../domain/briefing-error.ts';
import { addTime, MINUTE } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { cancelIssue, findIssue, moveIssue } from '../store/issues.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { findSendFacts, pauseSend, resumeSend, saveHold } from '../store/sends.ts';
import type { App } from './app.ts';

const PAUSED = 'paused by hand';
const HELD = 'held by hand';
const CANCELLED = 'cancelled by hand';

/**
 * Stops an issue where it stands; who sends it, in whatever process, begins no further message. An issue that is not being sent yet
 * is held: neither frozen nor sent until it is resumed. Doing it twice is the same as once.
 */
export async function pauseIssue(app: App, issue: Issue): Promise<void> {
  const state = await pauseSend(app.store, issue.id, { paused: PAUSED, held: HELD });
  if (!['paused', 'draft', 'frozen'].includes(state)) throw isOver(issue, state, 'paused');
  app.log.warn('issue.paused', { issue: issue.id, reason: PAUSED });
}

/** Lets a paused or held issue go on; its failures are counted anew. Readers whose time ran out meanwhile get it after all. */
export async function resumeIssue(app: App, newsletter: Newsletter, issue: Issue): Promise<void> {
  const deadline = addTime(app.now(), newsletter.deadlineMinutes * MINUTE);
  await saveHold(app.store, issue.id, null);
  await resumeSend(app.store, issue.id, deadline);
  const { state } = await reread(app, issue);
  if (!['sending', 'draft', 'frozen'].includes(state)) throw isOver(issue, state, 'resumed');
  app.log.info('issue.resumed', { issue: issue.id });
}

/**
 * Ends an issue for good: what waits is skipped with the reason, what is out stays out. When nobody has it yet its stories may
 * stand in a later issue. A draft becomes a skipped day.
 */
export async function cancelSend(app: App, issue: Issue): Promise<void> {
  const now = app.now();
  if (await moveIssue(app.store, issue.id, { from: 'draft', to: 'skipped', reason: CANCELLED })) {
    await saveHold(app.store, issue.id, CANCELLED);
    return;
  }
  const { sent, unknown } = await sumDeliveries(app.store, issue.id);
  const isRolling = sent + unknown === 0;
  const from = ['frozen', 'sending', 'paused'] as const;
  const isDone = await cancelIssue(app.store, issue, { from, reason: CANCELLED, isRolling, now });
  if (isDone) return app.log.warn('issue.cancelled', { issue: issue.id });
  const { state } = await reread(app, issue);
  if (state !== 'cancelled') throw isOver(issue, state, 'cancelled');
}

/** True when a person holds an issue that is not being sent yet. */
export async function isHeld(app: App, issue: Issue): Promise<boolean> {
  return (await findSendFacts(app.store, issue.id)).held !== null;
}

async function reread(app: App, issue: Issue): Promise<Issue> {
  return (await findIssue(app.store, issue)) ?? issue;
}

function isOver(issue: Issue, state: string, what: string): BriefingError {
  return new BriefingError(
    'conflict',
    `The issue ${issue.newsletter}/${issue.date} is ${state}, so it cannot be ${what}. See how it stands with: daybrief status ${issue.newsletter}/${issue.date}`,
  );
}
