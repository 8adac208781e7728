import fc from 'fast-check';
import { sql } from 'kysely';
import { addTime, DAY, MINUTE } from '../../src/domain/instant.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { addSampleReaders, NEWSLETTER, NOW, startSampleSend } from '../store/sample-store.ts';
import {
  chooseSteps,
  judgeLedger,
  startModel,
  takeStep,
  type LedgerModel,
} from '../store/walk-ledger.ts';

const READERS = 2_000;
const STEPS = chooseSteps({
  claim: 600,
  gate: 4_500,
  reply: 4_400,
  crash: 4,
  recover: 40,
  pause: 5,
  cancel: 0,
  jump: 10,
});
const WALK = fc.array(STEPS, { minLength: 11_000, maxLength: 13_000, size: 'max' });

/** What all walks together came to. */
export interface ModelReport {
  readonly deliveries: number;
  readonly handOvers: number;
  readonly crashes: number;
  readonly jumps: number;
  readonly pauses: number;
  readonly duplicates: number;
  readonly misses: number;
  readonly wrong: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly unknownAllowed: number;
  readonly seconds: number;
  /** True when every walk was right. */
  readonly isRight: boolean;
}

/**
 * Lets two instances send to so many readers, with crashes, lost replies, pauses and a jumping clock, with the functions the sender
 * itself uses, on a store in memory. Every walk ends calmly, so that each delivery comes to an end. Stops at the first walk that fails.
 */
export async function modelDeliveries(plan: {
  wanted: number;
  seed: number;
  limitMs: number;
}): Promise<ModelReport> {
  const begun = performance.now();
  const store = openStore(':memory:');
  const total = new Map<string, number>();
  let isRight = true;
  try {
    await saveNewsletter(store, NEWSLETTER, NOW);
    await addSampleReaders(store, READERS);
    const issue = await startSampleSend(store);
    const property = fc.asyncProperty(WALK, async (steps) => {
      await startAgain(store);
      const found = await walk(startModel(store, issue, { limit: 20, connections: 4 }), steps);
      for (const [key, value] of Object.entries(found))
        total.set(key, (total.get(key) ?? 0) + value);
      const { duplicates, misses, wrong, unknown, unknownAllowed } = found;
      isRight &&= duplicates + misses + wrong === 0 && unknown <= unknownAllowed;
      return isRight;
    });
    await fc.check(property, {
      seed: plan.seed,
      numRuns: Math.ceil(plan.wanted / READERS),
      interruptAfterTimeLimit: plan.limitMs,
      endOnFailure: true,
    });
    const seconds = Math.round((performance.now() - begun) / 1_000);
    return { ...(Object.fromEntries(total) as unknown as ModelReport), seconds, isRight };
  } finally {
    await store.close();
  }
}

async function walk(model: LedgerModel, steps: Parameters<typeof takeStep>[1][]) {
  for (const step of steps) await takeStep(model, step);
  await endCalmly(model);
  const { rows, ...verdict } = await judgeLedger(model);
  const { lostReplies, ...counts } = model.counts;
  return { deliveries: rows, ...counts, ...verdict, unknownAllowed: lostReplies };
}

/** All that is left goes well: the instance that remains sends whatever waits. */
async function endCalmly(model: LedgerModel): Promise<void> {
  for (const who of [0, 1] as const)
    while (model.leaving[who].length > 0) await takeStep(model, heard(who));
  model.now = addTime(NOW, 90 * DAY);
  while (await hasWaiting(model.store)) {
    model.now = addTime(model.now, MINUTE);
    for (const what of ['recover', 'resume'] as const) await takeStep(model, { do: what });
    do {
      await takeStep(model, { do: 'claim', who: 0 });
      await takeStep(model, { do: 'gate', who: 0 });
      await takeStep(model, heard(0));
    } while (model.held[0].length > 0);
  }
}

const heard = (who: 0 | 1) => ({ do: 'reply', who, outcome: 'sent', took: true }) as const;

async function hasWaiting(store: Store): Promise<boolean> {
  const row = await store.db
    .selectFrom('deliveries')
    .select('id')
    .where('state', 'in', ['queued', 'claimed', 'handing_over'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The same readers and the same issue, of which nothing was sent yet. */
async function startAgain(store: Store): Promise<void> {
  await sql`delete from attempts`.execute(store.db);
  await sql`update deliveries set state = 'queued', not_before = ${NOW}, attempts = 0, crashes = 0,
    lease_token = null, lease_until = null, reason = null, snapshot = null`.execute(store.db);
  await sql`update issues set state = 'sending', reason = null`.execute(store.db);
}
