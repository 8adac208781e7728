import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFaults, type FaultReport } from '../walks/run-faults.ts';
import { NOW, openSendBench, type SendBench } from './open-send-bench.ts';

// npm run test:faults [-- DELIVERIES [SEED]]: sends killed at random before a mail server that fails at random, until so many deliveries are through. Every third seed sends over two ways, in lanes.
const [wanted = '10000', firstSeed = '1'] = process.argv.slice(2);
const READERS = 2_500;
const LIMIT_MS = 15 * 60_000;
const PLAN = { readers: READERS, connections: 4, rate: 0.02, kills: 24, limitMs: 120_000 };

const begun = performance.now();
const reports: FaultReport[] = [];
for (let seed = Number(firstSeed); sum('deliveries') < Number(wanted); seed += 1) {
  if (performance.now() - begun > LIMIT_MS) break;
  reports.push(await runSeed(seed));
  console.log(JSON.stringify(reports.at(-1)));
}
console.log(
  `${sum('deliveries')} deliveries, ${sum('kills')} kills, ${sum('faults')} faults: ` +
    `${sum('duplicates')} duplicates, ${sum('misses')} misses, ${sum('wrong')} wrong rows, ` +
    `${sum('unknown')} unknown of at most ${sum('unknownAllowed')}`,
);
process.exitCode = sum('duplicates') + sum('misses') + sum('wrong') + sum('waiting') > 0 ? 1 : 0;

function sum(key: keyof FaultReport): number {
  return reports.reduce((total, report) => total + report[key], 0);
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
