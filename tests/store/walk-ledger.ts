import fc from 'fast-check';
import type { SendOutcome } from '../../src/domain/delivery.ts';
import { addTime, type Instant } from '../../src/domain/instant.ts';
import type { Issue } from '../../src/domain/issue.ts';
import {
  claimDeliveries,
  recoverDeliveries,
  type ClaimedDelivery,
} from '../../src/store/deliveries.ts';
import { recordHandOver, recordSendResult } from '../../src/store/hand-overs.ts';
import { cancelIssue } from '../../src/store/issues.ts';
import type { Store } from '../../src/store/open-store.ts';
import { pauseSend, resumeSend } from '../../src/store/sends.ts';
import { LEASE_MS, NOW, RULES } from './sample-store.ts';

type Who = 0 | 1;

/** One thing that happens to an issue that two instances are sending. */
export type Step =
  | { readonly do: 'claim' | 'gate' | 'crash'; readonly who: Who }
  | {
      readonly do: 'reply';
      readonly who: Who;
      readonly outcome: SendOutcome;
      /** Of a reply that was lost: whether the server had taken the message. */
      readonly took: boolean;
    }
  | { readonly do: 'recover' | 'pause' | 'resume' | 'cancel' }
  | { readonly do: 'jump'; readonly milliseconds: number };

/** How often which kind of step comes. */
export type Weights = Readonly<
  Record<'claim' | 'gate' | 'reply' | 'crash' | 'recover' | 'pause' | 'cancel' | 'jump', number>
>;

/** The ledger under two instances, and what the mail server has taken. */
export interface LedgerModel {
  readonly store: Store;
  readonly issue: Issue;
  /** Rows a claim asks for, and messages each instance may have under way. */
  readonly limit: number;
  readonly connections: number;
  readonly held: Record<Who, Held[]>;
  readonly leaving: Record<Who, Held[]>;
  /** How often the server took each delivery's message. */
  readonly taken: Map<string, number>;
  now: Instant;
  readonly counts: {
    handOvers: number;
    crashes: number;
    jumps: number;
    pauses: number;
    /** Replies that nobody heard: each may leave one row unknown. */
    lostReplies: number;
  };
}

interface Held {
  readonly claimed: ClaimedDelivery;
  leaseUntil: Instant | null;
}

const DAY_MS = 86_400_000;
const NEXT = {
  sent: 'sent',
  deferred: 'queued',
  refused: 'failed',
  unavailable: 'queued',
  unknown: 'unknown',
} as const;

/** Steps in any order, as often as the weights say. */
export function chooseSteps(weights: Weights): fc.Arbitrary<Step> {
  const who = fc.constantFrom<Who>(0, 1);
  const outcome = fc.constantFrom<SendOutcome>('sent', 'sent', 'deferred', 'refused', 'unknown');
  const reply = { do: fc.constant('reply' as const), who, outcome, took: fc.boolean() };
  const jumps = [1_000, 31_000, 120_000, DAY_MS, -DAY_MS] as const;
  const only = <Name extends 'claim' | 'gate' | 'crash' | 'pause' | 'cancel' | 'jump'>(
    name: Name,
  ) => fc.constant(name);
  return fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { weight: weights.claim, arbitrary: fc.record({ do: only('claim'), who }) },
    { weight: weights.gate, arbitrary: fc.record({ do: only('gate'), who }) },
    { weight: weights.reply, arbitrary: fc.record(reply) },
    { weight: weights.crash, arbitrary: fc.record({ do: only('crash'), who }) },
    {
      weight: weights.recover,
      arbitrary: fc.record({ do: fc.constantFrom('recover', 'resume') }),
    },
    { weight: weights.pause, arbitrary: fc.record({ do: only('pause') }) },
    { weight: weights.cancel, arbitrary: fc.record({ do: only('cancel') }) },
    {
      weight: weights.jump,
      arbitrary: fc.record({ do: only('jump'), milliseconds: fc.constantFrom(...jumps) }),
    },
  );
}

/** A model of an issue that is being sent, before anything happened. */
export function startModel(
  store: Store,
  issue: Issue,
  size: { limit: number; connections: number },
): LedgerModel {
  return {
    store,
    issue,
    ...size,
    held: { 0: [], 1: [] },
    leaving: { 0: [], 1: [] },
    taken: new Map(),
    now: NOW,
    counts: { handOvers: 0, crashes: 0, jumps: 0, pauses: 0, lostReplies: 0 },
  };
}

/** Does one step with the functions the sender itself uses. */
export async function takeStep(model: LedgerModel, step: Step): Promise<void> {
  const { store, issue, counts, now } = model;
  switch (step.do) {
    case 'claim':
      return await claim(model, step.who);
    case 'gate':
      return await passGate(model, step.who);
    case 'reply':
      return await hearReply(model, step.who, step);
    case 'crash':
      return crash(model, step.who);
    case 'recover':
      return await recover(model);
    case 'pause':
      counts.pauses += 1;
      return void (await pauseSend(store, issue.id, { paused: 'model', held: 'model' }));
    case 'resume':
      return void (await resumeSend(store, issue.id, addTime(now, DAY_MS)));
    case 'cancel': {
      const cancel = { from: ['sending', 'paused'], reason: 'model', isRolling: false } as const;
      return void (await cancelIssue(store, issue, { ...cancel, now }));
    }
    case 'jump':
      counts.jumps += 1;
      model.now = addTime(now, step.milliseconds);
  }
}

async function claim(model: LedgerModel, who: Who): Promise<void> {
  const { store, issue, limit, now } = model;
  if (model.held[who].length > limit / 2) return;
  const wish = { issueId: issue.id, limit, leaseMs: LEASE_MS, now };
  const { claimed } = await claimDeliveries(store, wish, RULES);
  const leaseUntil = addTime(now, LEASE_MS);
  model.held[who].push(...claimed.map((one) => ({ claimed: one, leaseUntil })));
}

async function passGate({ store, now, ...model }: LedgerModel, who: Who): Promise<void> {
  if (model.leaving[who].length >= model.connections) return;
  const next = model.held[who].shift();
  if (!next || !(await recordHandOver(store, next.claimed, now))) return;
  model.leaving[who].push(next);
  model.counts.handOvers += 1;
}

async function hearReply(
  model: LedgerModel,
  who: Who,
  { outcome, took }: { outcome: SendOutcome; took: boolean },
): Promise<void> {
  const { store, now, counts } = model;
  const one = model.leaving[who].shift();
  if (!one) return;
  if (outcome === 'sent' || (outcome === 'unknown' && took)) accept(model, one);
  if (outcome === 'unknown' && one.leaseUntil !== null) counts.lostReplies += 1;
  await recordSendResult(store, one.claimed, {
    result: { outcome, stage: 'reply', code: null, reply: 'as modelled' },
    state: NEXT[outcome],
    transport: 'model',
    askedBy: 'schedule',
    startedAt: now,
    now,
  });
}

function accept({ taken }: LedgerModel, { claimed }: Held): void {
  taken.set(claimed.delivery.id, (taken.get(claimed.delivery.id) ?? 0) + 1);
}

/** What was leaving may have been taken: nobody is there to hear it. */
function crash(model: LedgerModel, who: Who): void {
  const { leaving, held, counts } = model;
  leaving[who].forEach((one) => accept(model, one));
  counts.lostReplies += leaving[who].filter(({ leaseUntil }) => leaseUntil !== null).length;
  counts.crashes += 1;
  leaving[who] = [];
  held[who] = [];
}

/** The reply to what is still leaving when its lease is over comes too late for its row. */
async function recover({ store, now, leaving, counts }: LedgerModel): Promise<void> {
  await recoverDeliveries(store, now);
  for (const one of [...leaving[0], ...leaving[1]]) {
    if (one.leaseUntil === null || one.leaseUntil >= now) continue;
    one.leaseUntil = null;
    counts.lostReplies += 1;
  }
}

/** What the ledger must not hold after a walk: messages taken twice, and rows that lie. */
export async function judgeLedger({ store, taken }: LedgerModel) {
  const rows = await store.db.selectFrom('deliveries').select(['id', 'state']).execute();
  const count = (isIt: (state: string, times: number) => boolean): number =>
    rows.filter(({ id, state }) => isIt(state, taken.get(id) ?? 0)).length;
  return {
    rows: rows.length,
    duplicates: count((_state, times) => times > 1),
    misses: count((state, times) => state === 'sent' && times === 0),
    wrong: count((state, times) => times > 0 && !MAYBE_TAKEN.includes(state)),
    sent: count((state) => state === 'sent'),
    failed: count((state) => state === 'failed'),
    skipped: count((state) => state === 'skipped'),
    unknown: count((state) => state === 'unknown'),
  };
}

const MAYBE_TAKEN: readonly string[] = ['sent', 'unknown', 'handing_over'];
