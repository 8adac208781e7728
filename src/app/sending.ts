import type { LedgerSums } from '../domain/delivery.ts';
import type { Instant } from '../domain/instant.ts';
import type { Issue, IssueState } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Transport } from '../deliver/open-transport.ts';
import type { GroupCommit } from '../store/open-group-commit.ts';
import type { SendJournal } from '../store/send-journal.ts';
import type { App } from './app.ts';
import type { Press } from './write-message.ts';

/** How a run of sending is done. */
export interface SendOptions {
  /** Opens one connection to wherever mail goes; each takes its messages one after the other. */
  readonly openTransport: () => Transport;
  /** Who asked: `schedule` or `manual`; kept with every attempt. */
  readonly askedBy: 'schedule' | 'manual';
  readonly onProgress?: (sent: number) => void;
  /** Told how many seconds a hold still lasts. */
  readonly onHold?: (secondsLeft: number) => void;
  /** Stops between two messages; what is left waits. */
  readonly signal?: AbortSignal;
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
  /** Where mail goes; its quota is counted under this name. */
  readonly transport: string;
  /** When the last message had its turn, at an even pace. */
  lastTurn: Instant | null;
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
  readonly transport: Transport;
  /** True once the server has been spoken to: until then one message is under way at a time, not two. */
  isProven: boolean;
  /** The two messages under way, the older first. */
  before: Promise<void>;
  last: Promise<void>;
  /** The last result on its way to the ledger. The next message does not wait for it: its own hand-over is written later. */
  recorded: Promise<void>;
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
