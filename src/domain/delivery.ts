import type { Instant } from './instant.ts';
import type { LocalDate } from './local-time.ts';
import type { Preferences } from './preferences.ts';

export type DeliveryState =
  'queued' | 'claimed' | 'handing_over' | 'sent' | 'failed' | 'skipped' | 'unknown';

/** How far a conversation with the mail server came. `commit` is our own step before the last byte. */
export type SendStage =
  'connect' | 'greeting' | 'tls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'commit' | 'reply';

/**
 * What one attempt came to:
 * `sent` the server said 250 after the dot · `refused` it said 5xx about this message or address, trying again is useless ·
 * `deferred` nothing was accepted and trying later is safe · `unavailable` the server, its TLS or our log-in is at fault, no message is ·
 * `unknown` the reply after the dot was lost, it may have been accepted.
 */
export type SendOutcome = 'sent' | 'refused' | 'deferred' | 'unavailable' | 'unknown';

export interface SendResult {
  readonly outcome: SendOutcome;
  readonly stage: SendStage;
  /** SMTP reply code (RFC 5321, section 4.2); null when there was no reply. */
  readonly code: number | null;
  /** The server's reply or the network's error, one line, without addresses. */
  readonly reply: string;
}

/** What is fixed about a reader at their first claim, so that a retry gives the same bytes. */
export interface ReaderSnapshot {
  readonly subscriberId: string;
  readonly subscriptionId: string;
  readonly address: string;
  readonly name: string;
  readonly zone: string;
  readonly language: string;
  /** Link token of the subscription, see domain/link-token.ts. */
  readonly token: string;
  /** Where the reader's pages are, without a trailing slash; empty when there is no public address. */
  readonly publicUrl: string;
  /** The Date header. */
  readonly date: Instant;
  /** Left out in snapshots made before there were any. */
  readonly preferences?: Preferences;
  /** Date of the last issue they received before this one; null for none ever, left out where nobody looked. */
  readonly lastReceived?: LocalDate | null;
}

/** One issue on its way to one subscriber. Unique by (issue, subscription). */
export interface Delivery {
  readonly id: string;
  readonly issueId: string;
  readonly subscriptionId: string;
  readonly state: DeliveryState;
  readonly notBefore: Instant;
  /** The reader's date this counts for, for scheduled mails: at most one per date. */
  readonly localDate: LocalDate | null;
  readonly messageId: string;
  readonly snapshot: ReaderSnapshot | null;
  readonly attempts: number;
  /** The last failure or the cause of a skip, in words; null when there is none. */
  readonly reason: string | null;
  readonly updatedAt: Instant;
}

const ARROWS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['claimed', 'skipped'],
  claimed: ['handing_over', 'queued', 'failed', 'skipped'],
  handing_over: ['sent', 'failed', 'queued', 'unknown'],
  sent: [],
  failed: ['queued'],
  skipped: [],
  unknown: ['queued', 'sent', 'failed'],
};

/** True for the name of a delivery state. */
export function isDeliveryState(text: string): text is DeliveryState {
  return Object.hasOwn(ARROWS, text);
}

/** True when a delivery may go from one state to another in one step. */
export function canDeliveryMove(from: DeliveryState, to: DeliveryState): boolean {
  return ARROWS[from].includes(to);
}

/** The sums of one issue: audience = sent + failed + skipped + unknown + waiting. */
export interface LedgerSums {
  readonly audience: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  /** queued, claimed or handing over. */
  readonly waiting: number;
}

/** Adds up rows counted by state. */
export function sumLedger(counts: Readonly<Partial<Record<DeliveryState, number>>>): LedgerSums {
  const { sent = 0, failed = 0, skipped = 0, unknown = 0 } = counts;
  const waiting = (counts.queued ?? 0) + (counts.claimed ?? 0) + (counts.handing_over ?? 0);
  return {
    audience: sent + failed + skipped + unknown + waiting,
    sent,
    failed,
    skipped,
    unknown,
    waiting,
  };
}

/** The waits between tries of a deferred message: minutes at first, hours later; the issue's deadline ends them. */
export function retryDelayMinutes(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), 120);
}

/** True when a refusal means the mailbox itself is not there (RFC 3463, 5.1.x), so that mailing it again only harms. */
export function isHardBounce(result: SendResult): boolean {
  return (
    result.outcome === 'refused' &&
    result.stage === 'rcpt' &&
    /\b5\.1\.(1|2|3|6|10)\b/.test(result.reply)
  );
}

/** True when a server asks for less mail: it closes the service (421, RFC 5321, section 3.8) or says that it was too much or too fast. */
export function isSlowDown({ outcome, code, reply }: SendResult): boolean {
  if (outcome !== 'deferred' || code === null) return false;
  return code === 421 || /\btoo (many|much|fast)\b|\brate\b|throttl/i.test(reply);
}

const BEFORE_ANY_MAIL: readonly SendStage[] = ['connect', 'greeting', 'tls', 'auth'];

/** True when an attempt says nothing about its message, but that the server takes none from us now: another one may. */
export function isServerFault({ outcome, stage, code }: SendResult): boolean {
  if (outcome === 'unavailable') return true;
  return (
    outcome === 'deferred' &&
    (BEFORE_ANY_MAIL.includes(stage) || (stage === 'mail' && code === 421))
  );
}
