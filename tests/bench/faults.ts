import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFaults, type FaultReport } from '../walks/run-faults.ts';
import { modelDeliveries } from './model-ledger.ts';
import { NOW, openSendBench, type SendBench } from './open-send-bench.ts';
import { measureResume } from './resume-sending.ts';

// npm run test:faults [-- PART [DELIVERIES [SEED]]]: `model` lets two instances send a million deliveries in a model, `resume` kills
// `daybrief run` in the middle of a send, `kills` lets senders be killed at random before a mail server that fails at random; every third seed sends over two ways, in lanes.
const [part = 'all', wanted, seed = '1'] = process.argv.slice(2);
const READERS = 2_500;
const LIMIT_MS = 15 * 60_000;
const MODEL_LIMIT_MS = 15 * 60_000;
const PLAN = { readers: READERS, connections: 4, rate: 0.02, kills: 24, limitMs: 120_000 };

const PARTS: Readonly<Record<string, () => Promise<boolean>>> = {
  resume: measureResume,
  model: modelAll,
  kills: killAll,
};
const chosen = part === 'all' ? Object.keys(PARTS) : [part];
for (const name of chosen) {
  console.log(`${name}:`);
  if (!(await PARTS[name]?.())) process.exitCode = 1;
}

async function modelAll(): Promise<boolean> {
  const plan = { wanted: Number(wanted ?? 1_000_000), seed: Number(seed) };
  const found = await modelDeliveries({ ...plan, limitMs: MODEL_LIMIT_MS });
  console.log(
    `${found.deliveries} deliveries, ${found.handOvers} hand-overs, ${found.crashes} crashes, ${found.pauses} pauses, ${found.jumps} jumps ` +
      `of the clock: ${found.duplicates} duplicates, ${found.misses} misses, ${found.wrong} wrong rows, ` +
      `${found.unknown} unknown of at most ${found.unknownAllowed} (${found.seconds} s)`,
  );
  return found.isRight && found.deliveries >= plan.wanted;
}

async function killAll(): Promise<boolean> {
  const begun = performance.now();
  const reports: FaultReport[] = [];
  const sum = (key: keyof FaultReport): number =>
    reports.reduce((total, report) => total + report[key], 0);
  for (let next = Number(seed); sum('deliveries') < Number(wanted ?? 10_000); next += 1) {
    if (performance.now() - begun > LIMIT_MS) break;
    reports.push(await runSeed(next));
    console.log(JSON.stringify(reports.at(-1)));
  }
  console.log(
    `${sum('deliveries')} deliveries, ${sum('kills')} kills, ${sum('faults')} faults: ` +
      `${sum('duplicates')} duplicates, ${sum('misses')} misses, ${sum('wrong')} wrong rows, ` +
      `${sum('unknown')} unknown of at most ${sum('unknownAllowed')}`,
  );
  return sum('duplicates') + sum('misses') + sum('wrong') + sum('waiting') === 0;
}

async function runSeed(seed: number): Promise<FaultReport> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-faults-'));
  const options = { port: 9, count: READERS, connections: 4, isSigned: false, folder };
  let reading: SendBench | null = null;
  try {
    const writing = await openSendBench(options);
    const issue = await writing.freezeNext();
    await writing.app.store.db.updateTable('issues').set({ deadline: '2099' }).execute();
    await writing.close();
    return await runFaults(
      { ...PLAN, seed, ...(seed % 3 === 0 && { hasTwoWays: true as const }) },
      {
        folder,
        start: NOW,
        readApp: async () => {
          reading = await openSendBench(options);
          return { app: reading.app, issueId: issue.id };
        },
      },
    );
  } finally {
    await (reading as SendBench | null)?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
