import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SendOutcome } from '../../src/domain/delivery.ts';
import { addTime } from '../../src/domain/instant.ts';
import {
  claimDeliveries,
  recoverDeliveries,
  type ClaimedDelivery,
} from '../../src/store/deliveries.ts';
import { recordHandOver, recordSendResult } from '../../src/store/hand-overs.ts';
import { cancelIssue, findIssue } from '../../src/store/issues.ts';
import type { Store } from '../../src/store/open-store.ts';
import { pauseSend, resumeSend } from '../../src/store/sends.ts';
import {
  addSampleReaders,
  KEY,
  LEASE_MS,
  NOW,
  openSampleStore,
  RULES,
  startSampleSend,
} from './sample-store.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 25);
const READERS = 4;

type Step =
  | { readonly do: 'claim' | 'gate' | 'crash'; readonly who: 0 | 1 }
  | {
      readonly do: 'reply';
      readonly who: 0 | 1;
      readonly outcome: SendOutcome;
      readonly took: boolean;
    }
  | { readonly do: 'recover' | 'pause' | 'resume' | 'cancel' }
  | { readonly do: 'jump'; readonly milliseconds: number };

const who = fc.constantFrom<0 | 1>(0, 1);
const outcome = fc.constantFrom<SendOutcome>('sent', 'sent', 'deferred', 'refused', 'unknown');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ do: fc.constantFrom('claim', 'gate', 'gate'), who }) },
  {
    weight: 50,
    arbitrary: fc.record({ do: fc.constant('reply'), who, outcome, took: fc.boolean() }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('crash'), who }) },
  {
    weight: 20,
    arbitrary: fc.record({ do: fc.constantFrom('recover', 'pause', 'resume', 'resume') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel') }) },
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('jump'),
      milliseconds: fc.constantFrom(1_000, 31_000, 120_000, 86_400_000, -86_400_000),
    }),
  },
);

test('Two instances with crashes, lost replies, pauses and jumping clocks: no message is taken twice, and no row lies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const store = await openSampleStore();
      await addSampleReaders(store, READERS);
      await startSampleSend(store);
      const taken = await walk(store, steps);
      for (const { id, state } of await listRows(store)) {
        const times = taken.get(id) ?? 0;
        expect(times, `${state}: taken twice`).toBeLessThanOrEqual(1);
        if (state === 'sent') expect(times, 'sent, but nobody took it').toBe(1);
        if (['queued', 'claimed', 'skipped', 'failed'].includes(state))
          expect(times, `${state}, but somebody took it`).toBe(0);
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);

/** Does the steps and returns how often each message was taken by the server. */
async function walk(store: Store, steps: readonly Step[]): Promise<ReadonlyMap<string, number>> {
  const taken = new Map<string, number>();
  const held: [ClaimedDelivery[], ClaimedDelivery[]] = [[], []];
  const leaving: [ClaimedDelivery | null, ClaimedDelivery | null] = [null, null];
  let now = NOW;
  const issue = await findIssue(store, KEY);
  if (!issue) throw new Error('there is no issue');
  const settle = async (
    claimed: ClaimedDelivery,
    reply: { outcome: SendOutcome; took: boolean },
  ): Promise<void> => {
    const { id } = claimed.delivery;
    const isTaken = reply.outcome === 'sent' || (reply.outcome === 'unknown' && reply.took);
    if (isTaken) taken.set(id, (taken.get(id) ?? 0) + 1);
    await recordSendResult(store, claimed, {
      result: { outcome: reply.outcome, stage: 'reply', code: null, reply: 'as modelled' },
      ...NEXT[reply.outcome],
      transport: 'model',
      askedBy: 'schedule',
      startedAt: now,
      now,
    });
  };
  for (const one of steps) {
    if (one.do === 'jump') now = addTime(now, one.milliseconds);
    else if (one.do === 'recover') await recoverDeliveries(store, now);
    else if (one.do === 'pause')
      await pauseSend(store, issue.id, { paused: 'model', held: 'model' });
    else if (one.do === 'resume') await resumeSend(store, issue.id, addTime(now, 86_400_000));
    else if (one.do === 'cancel') {
      const from = ['sending', 'paused'] as const;
      await cancelIssue(store, issue, { from, reason: 'model', isRolling: false, now });
    } else if (one.do === 'claim') {
      const claim = { issueId: issue.id, limit: 2, leaseMs: LEASE_MS, now };
      held[one.who].push(...(await claimDeliveries(store, claim, RULES)).claimed);
    } else if (one.do === 'gate' && leaving[one.who] === null) {
      const next = held[one.who].shift();
      if (next && (await recordHandOver(store, next, now))) leaving[one.who] = next;
    } else if (one.do === 'reply') {
      const claimed = leaving[one.who];
      leaving[one.who] = null;
      if (claimed) await settle(claimed, one);
    } else if (one.do === 'crash') {
      // What was leaving may have been taken: nobody is there to hear it.
      const lost = leaving[one.who];
      if (lost) taken.set(lost.delivery.id, (taken.get(lost.delivery.id) ?? 0) + 1);
      leaving[one.who] = null;
      held[one.who] = [];
    }
  }
  return taken;
}

const NEXT = {
  sent: { state: 'sent' },
  deferred: { state: 'queued' },
  refused: { state: 'failed' },
  unavailable: { state: 'queued' },
  unknown: { state: 'unknown' },
} as const;

async function listRows(store: Store) {
  return await store.db.selectFrom('deliveries').select(['id', 'state']).execute();
}
