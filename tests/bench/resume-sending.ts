import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { openChaosServer, type ChaosServer } from '../walks/open-chaos-server.ts';
import { openSendBench } from './open-send-bench.ts';
import { ROOT } from './time-program.ts';

const READERS = 300;
const CONNECTIONS = 4;
/** Killed when so many were taken: among the first ten, four times on the way, and when all that wait are held. */
const KILLS = [4, 60, 120, 180, 240, READERS - 12];
const LIMIT_MS = 120_000;

/** Kills `daybrief run` again and again in the middle of a send, and tells how soon the next one goes on and what stays in doubt. */
export async function measureResume(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-resume-'));
  // Every answer comes a moment late, so that every connection has a message under way.
  const server = await openChaosServer(() => 0.8, 1);
  const resumed: number[] = [];
  const doubtful: number[] = [];
  try {
    await freezeIssue(folder);
    for (const target of KILLS) {
      const { sender, firstAfter } = await startSender(folder, server);
      if (doubtful.length > 0) resumed.push(firstAfter);
      await waitUntil(() => server.accepted.size >= target);
      sender.kill('SIGKILL');
      await once(sender, 'exit');
      const before = doubtful.reduce((sum, rows) => sum + rows, 0);
      doubtful.push(countRows(folder, 'handing_over') + countRows(folder, 'unknown') - before);
    }
    const { sender, firstAfter } = await startSender(folder, server);
    resumed.push(firstAfter);
    await waitUntil(() => countWaiting(folder) === 0);
    sender.kill('SIGTERM');
    await once(sender, 'exit');
    return report({ folder, server, resumed, doubtful });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(run: {
  folder: string;
  server: ChaosServer;
  resumed: readonly number[];
  doubtful: readonly number[];
}): boolean {
  const { folder, server, resumed, doubtful } = run;
  const seconds = resumed.map((ms) => (ms / 1_000).toFixed(1));
  const unknown = countRows(folder, 'unknown');
  const twice = [...server.accepted.values()].filter((times) => times > 1).length;
  const isQuick = Math.max(...resumed) <= 60_000;
  const isDecided = Math.max(...doubtful) <= CONNECTIONS;
  console.log(
    `killed after ${KILLS.join(', ')} of ${READERS} mails over ${CONNECTIONS} connections`,
  );
  console.log(
    `first hand-over after the restart: ${seconds.join(', ')} s   target ≤ 60 ${isQuick ? '' : 'MISSED'}`,
  );
  console.log(
    `in doubt by each crash: ${doubtful.join(', ')}   target ≤ ${CONNECTIONS} ${isDecided ? '' : 'MISSED'}`,
  );
  console.log(
    `${countRows(folder, 'sent')} sent, ${unknown} unknown, ${twice} twice, ${READERS - server.accepted.size} not taken`,
  );
  return isQuick && isDecided && twice === 0 && server.accepted.size >= READERS - unknown;
}

/** An issue that is due, in a store nobody has open. */
async function freezeIssue(folder: string): Promise<void> {
  const options = { port: 9, count: READERS, connections: CONNECTIONS, isSigned: false, folder };
  const bench = await openSendBench(options);
  await bench.freezeNext();
  await bench.app.store.db.updateTable('issues').set({ deadline: '2099' }).execute();
  await bench.close();
}

/** Starts the program as an operator does, and resolves when the server has taken a message from it. */
async function startSender(
  folder: string,
  server: ChaosServer,
): Promise<{ sender: ChildProcess; firstAfter: number }> {
  const begun = performance.now();
  const before = server.accepted.size;
  const sender = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'run', '--data', folder], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DAYBRIEF_LOG_LEVEL: 'error',
      DAYBRIEF_SMTP_URL: server.url,
      DAYBRIEF_SMTP_CONNECTIONS: String(CONNECTIONS),
      DAYBRIEF_PUBLIC_URL: 'https://brief.example.org',
    },
  });
  await waitUntil(() => server.accepted.size > before);
  return { sender, firstAfter: performance.now() - begun };
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('the sender does not go on');
    await wait(2);
  }
}

function countWaiting(folder: string): number {
  return ['queued', 'claimed', 'handing_over'].reduce(
    (sum, state) => sum + countRows(folder, state),
    0,
  );
}

function countRows(folder: string, state: string): number {
  const store = new DatabaseSync(join(folder, 'daybrief.sqlite'), { timeout: 5_000 });
  const row = store.prepare('select count(*) as n from deliveries where state = ?').get(state);
  store.close();
  return Number(row?.['n']);
}
