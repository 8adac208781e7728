import type { LedgerSums, SendResult } from '../domain/delivery.ts';
import { SECOND } from '../domain/instant.ts';
import type { Issue, IssueState } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { SendPace } from '../domain/send-pace.ts';
import type { Transport } from '../deliver/open-transport.ts';
import type { GroupCommit } from '../store/open-group-commit.ts';
import type { SendJournal } from '../store/send-journal.ts';
import type { App } from './app.ts';
import type { DomainLanes } from './open-domain-lanes.ts';
import type { Route } from './open-mail.ts';
import type { Press } from './write-message.ts';

/** How a run of sending is done. */
export interface SendOptions {
  /** Opens one connection to wherever mail goes; each takes its messages one after the other. */
  readonly openTransport: () => Transport;
  /** The ways out where there are several; left out: only `openTransport`. */
  readonly routes?: readonly Route[];
  /** Who asked: `schedule` or `manual`; kept with every attempt. */
  readonly askedBy: 'schedule' | 'manual';
  readonly onProgress?: (sent: number) => void;
  /** Told how many seconds a hold still lasts. */
  readonly onHold?: (secondsLeft: number) => void;
  /** Told before mails are waited for that another run holds. */
  readonly onWait?: () => void;
  /** Stops between two messages; what is left waits. */
  readonly signal?: AbortSignal;
}

/** A way out within one run of sending. */
export interface RouteRun extends Route {
  /** Of all messages that go this way. */
  pace: SendPace;
  readonly lanes: DomainLanes;
  /** Why it is not used any more in this run, or null. */
  fault: SendResult | null;
}

/** What a run of sending came to. */
export interface SendRun {
  /** The issue's state afterwards, and why it is paused or cancelled. */
  readonly state: IssueState;
  readonly reason: string | null;
  readonly sums: LedgerSums;
  /** Messages the server accepted in this run. */
  readonly sentNow: number;
  /** Why the run stopped before its end, one sentence, or null. */
  readonly problem: string | null;
  /** Ways out that could not be used while others went on, one sentence each. */
  readonly faults: readonly string[];
}

/** A run of sending under way, shared by its lanes. */
export interface Sending {
  readonly app: App;
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly press: Press;
  readonly options: SendOptions;
  /** Every write to the ledger goes through it, so that the lanes wait for the disk together. */
  readonly ledger: GroupCommit;
  /** Lease tokens to be kept alive, with the number of rows they hold. */
  readonly leases: Map<string, number>;
  readonly routes: readonly RouteRun[];
  /** When the run began, in milliseconds of a steady clock. */
  readonly begunAt: number;
  /** Every hand-over is written there too; see store/send-journal.ts. */
  readonly journal: SendJournal;
  readonly storeId: string;
  sentNow: number;
  problem: string | null;
  /** What failed that should not, such as the store, or null: the messages in hand are finished, then the run throws it. */
  fault: Error | null;
}

/** One connection's part of a run. */
export interface Lane {
  readonly route: RouteRun;
  readonly transport: Transport;
  /** True once the server has been spoken to: until then one message is under way at a time, not two. */
  isProven: boolean;
  /** The two messages under way, the older first. */
  before: Promise<void>;
  last: Promise<void>;
  /** The last result on its way to the ledger. The next message does not wait for it: its own hand-over is written later. */
  recorded: Promise<void>;
}

/** True when nothing more may go one way, or any. */
export function isRouteStopped(sending: Sending, { fault }: RouteRun): boolean {
  return fault !== null || isStopped(sending);
}

/** True when a run must not begin another message. */
export function isStopped(sending: Sending): boolean {
  const { problem, fault, options } = sending;
  return problem !== null || fault !== null || options.signal?.aborted === true;
}

/** Keeps the first fault of a run. */
export function noteFault(sending: Sending, fault: unknown): void {
  sending.fault ??= fault instanceof Error ? fault : new Error(String(fault));
}

/** Messages a second that the run handed over so far, one at least. */
export function countPace({ sentNow, begunAt }: Sending): number {
  return Math.max(1, (sentNow * SECOND) / Math.max(SECOND, performance.now() - begunAt));
}
