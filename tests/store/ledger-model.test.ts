import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSampleReaders, openSampleStore, startSampleSend } from './sample-store.ts';
import { chooseSteps, judgeLedger, startModel, takeStep } from './walk-ledger.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 25);
const READERS = 4;
const STEPS = chooseSteps({
  claim: 20,
  gate: 40,
  reply: 50,
  crash: 10,
  recover: 15,
  pause: 5,
  cancel: 2,
  jump: 20,
});

test('Two instances with crashes, lost replies, pauses and jumping clocks: no message is taken twice, and no row lies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEPS, { minLength: 20, maxLength: 60 }), async (steps) => {
      const store = await openSampleStore();
      await addSampleReaders(store, READERS);
      const issue = await startSampleSend(store);
      const model = startModel(store, issue, { limit: 2, connections: 1 });
      for (const step of steps) await takeStep(model, step);
      const { unknown, ...verdict } = await judgeLedger(model);
      expect(verdict).toMatchObject({ rows: READERS, duplicates: 0, misses: 0, wrong: 0 });
      expect(unknown).toBeLessThanOrEqual(model.counts.lostReplies);
    }),
    { numRuns: RUNS },
  );
}, 120_000);
