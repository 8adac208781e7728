import type { BounceRow } from '../store/schema.ts';
import type { AttemptHistory, DeliveryHistory, SubscriptionHistory } from '../store/history.ts';
import type { Suppression } from '../domain/subscription.ts';
import type { Instant } from '../domain/instant.ts';

/** One thing that happened between us and a reader, in words. */
export interface HistoryEvent {
  readonly at: Instant;
  readonly text: string;
}

/** All that is known of one address. */
export interface ReaderHistory {
  readonly subscriptions: readonly SubscriptionHistory[];
  readonly deliveries: readonly DeliveryHistory[];
  readonly bounces: readonly BounceRow[];
  readonly suppression: Suppression | null;
}

const SUPPRESSED: Readonly<Record<Suppression['reason'], string>> = {
  hard_bounce: 'mail to it comes back',
  complaint: 'the reader complained to their provider',
  erasure: 'the reader asked to be forgotten',
  manual: 'an editor said so',
};

const CAUSES: Readonly<Record<string, string>> = {
  'no-mailbox': 'there is no such mailbox',
  'no-domain': 'its domain takes no mail',
  full: 'the mailbox is full',
  policy: 'the server refuses our mail (policy or spam filter)',
  'too-large': 'the message is too large for it',
  rate: 'it gets too much mail just now',
  expired: 'the server gave up trying',
  network: 'its server could not be reached',
  system: 'its server has a fault',
};

/** What happened, oldest first, in words. */
export function describeHistory(history: ReaderHistory): readonly HistoryEvent[] {
  const events = [
    ...history.subscriptions.flatMap(describeSubscription),
    ...history.deliveries.flatMap(describeDelivery),
    ...history.bounces.map((bounce) => describeBounce(bounce, history.deliveries)),
    ...describeSuppression(history.suppression),
  ];
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Why the newest issue did or did not arrive: one sentence. */
export function answerWhy(history: ReaderHistory): string {
  const { suppression, subscriptions, deliveries } = history;
  const last = deliveries.at(-1);
  if (suppression)
    return `Nothing is mailed to this address, because ${SUPPRESSED[suppression.reason]}. To mail it again: daybrief suppressions remove ADDRESS`;
  const back = history.bounces.findLast(({ delivery_id }) => delivery_id === last?.id);
  if (last && back?.kind === 'bounce')
    return `The newest issue (${last.issue}) was sent and came back, because ${nameCause(back)}.`;
  if (last?.state === 'queued' && subscriptions.some(({ state }) => state === 'active'))
    return `The newest issue (${last.issue}) waits: ${describeWait(last)}.`;
  const silent = subscriptions.find(({ state }) => state !== 'active');
  if (silent && !subscriptions.some(({ state }) => state === 'active'))
    return silent.state === 'pending'
      ? 'This reader has not agreed to get the newsletter yet, so nothing is mailed.'
      : `The subscription is ${silent.state}, so nothing is mailed.`;
  if (!last) return 'No issue was sent since this reader subscribed.';
  return describeState(last);
}

function describeState({ issue, state, reason }: DeliveryHistory): string {
  switch (state) {
    case 'sent':
      return `The newest issue (${issue}) was accepted by the mail server, and nothing came back. It may be in the spam folder.`;
    case 'failed':
      return `The newest issue (${issue}) could not be sent: ${reason ?? 'no reason is known'}.`;
    case 'skipped':
      return `The newest issue (${issue}) was not sent: ${reason ?? 'no reason is known'}.`;
    case 'unknown':
      return `Nobody can know whether the newest issue (${issue}) arrived: ${reason ?? 'the line broke in the last moment'}.`;
    case 'queued':
    case 'claimed':
    case 'handing_over':
      return `The newest issue (${issue}) is being sent.`;
  }
}

function describeWait({ tries, issueState, notBefore }: DeliveryHistory): string {
  const last = tries.at(-1);
  if (issueState === 'paused') return 'its sending is paused';
  if (last)
    return `the mail server put it off (${describeReply(last)}), next try ${notBefore.slice(0, 16)}Z`;
  return `it is due at ${notBefore.slice(0, 16)}Z`;
}

function describeSubscription(one: SubscriptionHistory): readonly HistoryEvent[] {
  const { newsletter, state, consent, consentAt, createdAt, updatedAt } = one;
  const events = [{ at: createdAt, text: `Added to ${newsletter}.` }];
  if (consentAt) events.push({ at: consentAt, text: `Agreed to get ${newsletter}: ${consent}.` });
  if (state === 'unsubscribed' || state === 'paused')
    events.push({ at: updatedAt, text: `The subscription to ${newsletter} is ${state}.` });
  return events;
}

function describeDelivery(delivery: DeliveryHistory): readonly HistoryEvent[] {
  const { issue, state, reason, at } = delivery;
  const told = delivery.tries.map((attempt) => ({
    at: attempt.at,
    text: `${issue}: ${describeAttempt(attempt)}`,
  }));
  const isTold = told.length > 0 && (state === 'sent' || state === 'failed' || state === 'unknown');
  const lastAt = told.at(-1)?.at;
  if (isTold && lastAt === at) return told;
  const why = reason && state !== 'queued' ? `: ${reason}` : '';
  const now =
    state === 'queued' ? `waits: ${describeWait(delivery)}` : `${state.replace('_', ' ')}${why}`;
  return [...told, { at, text: `${issue}: ${now}.` }];
}

function describeAttempt(attempt: AttemptHistory): string {
  const reply = describeReply(attempt);
  const by = attempt.askedBy === 'manual' ? ', sent by hand' : '';
  switch (attempt.outcome) {
    case 'sent':
      return `sent${by}; the mail server accepted it (${reply}).`;
    case 'refused':
      return `failed${by}; the mail server refused it (${reply}).`;
    case 'unknown':
      return `unknown${by}; the reply after the last byte was lost (${reply}).`;
    default:
      return `put off${by}; try ${attempt.number} did not get through (${reply}).`;
  }
}

function describeReply({ code, stage, reply, transport }: AttemptHistory): string {
  return `${transport}, ${stage}: ${code ?? ''} ${reply}`.replace(/\s+/g, ' ').trim();
}

function describeBounce(bounce: BounceRow, deliveries: readonly DeliveryHistory[]): HistoryEvent {
  const issue = deliveries.find(({ id }) => id === bounce.delivery_id)?.issue ?? 'a mail';
  const by = bounce.reported_by ? ` says ${bounce.reported_by}` : '';
  const words = bounce.diagnostic ? `: ${bounce.diagnostic}` : '';
  switch (bounce.kind) {
    case 'complaint':
      return {
        at: bounce.at,
        text: `${issue}: the reader called it spam,${by || ' says their provider'}.`,
      };
    case 'delay':
      return {
        at: bounce.at,
        text: `${issue}: late,${by || ' says a server'}; it is still trying${words}.`,
      };
    case 'bounce':
      return {
        at: bounce.at,
        text: `${issue}: came back (${bounce.class}): ${nameCause(bounce)},${by || ' says a server'}${words}.`,
      };
    case 'auto-reply':
    case 'other':
      return { at: bounce.at, text: `${issue}: arrived; an automatic answer came back.` };
  }
}

function nameCause({ cause, status }: BounceRow): string {
  const words = CAUSES[cause] ?? 'no reason could be read';
  return status ? `${words} (${status})` : words;
}

function describeSuppression(suppression: Suppression | null): readonly HistoryEvent[] {
  if (!suppression) return [];
  const note = suppression.note ? ` (${suppression.note})` : '';
  const text = `Not mailed from here on: ${SUPPRESSED[suppression.reason]}${note}.`;
  return [{ at: suppression.createdAt, text }];
}
