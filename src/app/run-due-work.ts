import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { listStartedMornings, type Morning } from '../domain/schedule.ts';
import { isAudienceComplete } from '../store/audience.ts';
import {
  cancelIssue,
  dropArticles,
  findIssue,
  listIssuesInState,
  findDeadline,
  moveIssue,
} from '../store/issues.ts';
import { findNextDue } from '../store/ledger.ts';
import { findNewsletter, findNewsletterStart, listNewsletters } from '../store/newsletters.ts';
import { beginSend } from '../store/sends.ts';
import type { App } from './app.ts';
import { buildIssue } from './build-issue.ts';
import { freezeIssue, queueAudience } from './freeze-issue.ts';
import { openMail } from './open-mail.ts';
import { isHeld } from './pause-send.ts';
import { planMorningSend, planSendNow } from './plan-readers.ts';
import { queueFailureAlert } from './queue-due-notices.ts';
import { findRestoredAt, isRestored } from './restored-store.ts';
import { sendDeliveries } from './send-deliveries.ts';

const DAYS_BACK = 7;
const MISSED = 'missed: the deadline passed before it could be sent';

/** Builds the draft of every morning whose cut-off was reached, and settles those whose deadline passed. What is due is asked of the store. */
export async function buildDueIssues(app: App): Promise<void> {
  await forEachMorning(app, async (newsletter, morning) => {
    const issue = await findMorningIssue(app, newsletter, morning);
    if (app.now() >= morning.deadline) await settleMissed(app, { newsletter, issue }, morning);
    else if (!issue || (isUnfrozen(issue) && issue.builtAt < morning.cutOff)) {
      if (issue?.state === 'skipped' && (await isHeld(app, issue))) return;
      await buildIssue(app, newsletter, morning.date);
    }
  });
}

/** A day that was skipped for want of news may have some by the cut-off. */
function isUnfrozen(issue: Issue): boolean {
  return issue.state === 'draft' || issue.state === 'skipped';
}

/** Freezes the draft of every morning whose time has come, with one ledger row for every reader. */
export async function freezeDueIssues(app: App): Promise<void> {
  await forEachMorning(app, async (newsletter, morning) => {
    const now = app.now();
    if (now < morning.freeze || now >= morning.deadline) return;
    const issue = await findMorningIssue(app, newsletter, morning);
    if (issue?.state !== 'draft' && issue?.state !== 'frozen') return;
    if (issue.state === 'draft' && (await isHeld(app, issue))) return;
    await freezeIssue(app, { newsletter, issue }, planMorningSend(newsletter, morning));
  });
}

/** Sends what is due: frozen issues of which a first mail is due, and whatever a send before left waiting. */
export async function sendDueIssues(app: App, signal?: AbortSignal): Promise<void> {
  if (await isRestored(app))
    return app.log.error('send.refused', { why: 'the store was put back' });
  await beginDueSends(app);
  const sending = await listIssuesInState(app.store, ['sending']);
  if (sending.length === 0) return;
  const mail = await openMail(app);
  try {
    for (const issue of sending) {
      try {
        await sendIssueOnSchedule(app, issue, { mail, signal });
      } catch (error) {
        await noteTrouble(app, { newsletter: issue.newsletter, date: issue.date }, error);
      }
    }
  } finally {
    await mail.close();
  }
}

async function beginDueSends(app: App): Promise<void> {
  const newsletters = await listNewsletters(app.store);
  for (const issue of await listIssuesInState(app.store, ['frozen'])) {
    const newsletter = newsletters.find(({ slug }) => slug === issue.newsletter);
    if (!newsletter || newsletter.isPaused) continue;
    if (!(await isAudienceComplete(app.store, issue.id))) continue;
    const now = app.now();
    const due = await findNextDue(app.store, issue.id);
    const deadline = await findDeadline(app.store, issue.id);
    if ((due !== null && due > now) || (deadline !== null && deadline <= now)) continue;
    await beginSend(app.store, issue.id, { holdUntil: null });
  }
}

async function sendIssueOnSchedule(
  app: App,
  issue: Issue,
  edges: { mail: Awaited<ReturnType<typeof openMail>>; signal: AbortSignal | undefined },
): Promise<void> {
  const newsletter = (await listNewsletters(app.store)).find(
    ({ slug }) => slug === issue.newsletter,
  );
  if (!newsletter) return;
  const plan = planSendNow(newsletter, app.now());
  await queueAudience(app, newsletter, { issue, plan });
  const run = await sendDeliveries(
    app,
    { newsletter, issue },
    {
      openTransport: edges.mail.openTransport,
      routes: edges.mail.routes,
      askedBy: 'schedule',
      ...(edges.signal ? { signal: edges.signal } : {}),
    },
  );
  if (run.problem) app.log.error('send.stopped', { issue: issue.id, problem: run.problem });
}

/** One newsletter in trouble never stops the others: what a person can mend is logged and tried again at the next tick. */
async function forEachMorning(
  app: App,
  work: (newsletter: Newsletter, morning: Morning) => Promise<void>,
): Promise<void> {
  const restoredAt = await findRestoredAt(app);
  for (const newsletter of await listNewsletters(app.store)) {
    if (newsletter.isPaused) continue;
    for (const morning of listStartedMornings(newsletter, app.now(), DAYS_BACK)) {
      if (restoredAt !== null && morning.slot <= restoredAt) continue;
      try {
        await work(newsletter, morning);
      } catch (error) {
        await noteTrouble(app, { newsletter: newsletter.slug, date: morning.date }, error);
      }
    }
  }
}

/** What a person can mend they are told of, once a morning; anything else is a bug and goes to the log. */
async function noteTrouble(
  app: App,
  where: { newsletter: string; date: string },
  error: unknown,
): Promise<void> {
  const isKnown = error instanceof BriefingError || !(error instanceof Error);
  const why = isKnown ? String(error) : (error.stack ?? error.message);
  app.log.error('morning.failed', { ...where, why });
  const newsletter = await findNewsletter(app.store, where.newsletter);
  if (!newsletter || !(error instanceof BriefingError)) return;
  await queueFailureAlert(app, newsletter, { date: where.date, why: error.message });
}

async function findMorningIssue(
  app: App,
  newsletter: Newsletter,
  morning: Morning,
): Promise<Issue | null> {
  const { slug, kind } = newsletter;
  return await findIssue(app.store, { newsletter: slug, date: morning.date, kind });
}

/** Too late to send: the day is kept as skipped or cancelled with the reason, and its stories roll over or are dropped. */
async function settleMissed(
  app: App,
  missed: { newsletter: Newsletter; issue: Issue | null },
  morning: Morning,
): Promise<void> {
  const { newsletter } = missed;
  const start = await findNewsletterStart(app.store, newsletter.slug);
  if (!missed.issue && (start === null || start > morning.slot)) return;
  const issue = missed.issue ?? (await buildIssue(app, newsletter, morning.date)).issue;
  if (issue.state === 'draft') {
    await moveIssue(app.store, issue.id, { from: 'draft', to: 'skipped', reason: MISSED });
    if (newsletter.missedRun === 'skip') await dropArticles(app.store, issue);
  } else if (issue.state === 'frozen') {
    const deadline = await findDeadline(app.store, issue.id);
    if (deadline !== null && deadline > app.now()) return;
    const isRolling = newsletter.missedRun === 'roll';
    const cancel = { from: ['frozen'], reason: MISSED, isRolling, now: app.now() } as const;
    await cancelIssue(app.store, issue, cancel);
  } else return;
  app.log.warn('issue.missed', { issue: issue.id, policy: newsletter.missedRun });
}
