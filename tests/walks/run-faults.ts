import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../src/app/app.ts';
import { addTime, MINUTE, SECOND } from '../../src/domain/instant.ts';
import { sumDeliveries } from '../../src/store/ledger.ts';
import { startNode, type RunningNode } from '../start-node.ts';
import { openChaosServer, type ChaosServer } from './open-chaos-server.ts';

/** What a fault run came to. `duplicates`, `misses` and `wrong` must be 0. */
export interface FaultReport {
  readonly seed: number;
  readonly deliveries: number;
  readonly kills: number;
  readonly faults: number;
  /** Messages the server took more than once. */
  readonly duplicates: number;
  /** Readers without a row, and rows that say sent of a message nobody took. */
  readonly misses: number;
  /** Rows that say the message was not sent although the server took it. */
  readonly wrong: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly waiting: number;
  /** The most doubtful rows that kills and lost replies explain. */
  readonly unknownAllowed: number;
  readonly milliseconds: number;
}

/** How a run is done. */
export interface FaultPlan {
  readonly seed: number;
  readonly readers: number;
  readonly connections: number;
  /** The part of the steps of the mail server's dialogue that fail. */
  readonly rate: number;
  /** Senders started and killed at most. */
  readonly kills: number;
  readonly limitMs: number;
  /** Two ways out to the one server, each with a limit for everybody's domain. */
  readonly hasTwoWays?: true;
}

/** Numbers from 0 to 1 that only depend on the seed (mulberry32). */
function makeChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Sends a frozen issue of a real store by real processes to a server that misbehaves: each sender is killed at a random moment,
 * sometimes two work at once, clocks go on between them and now and then a day back; at the end a calm server and one whole sender.
 */
export async function runFaults(
  plan: FaultPlan,
  open: { folder: string; start: string; readApp: () => Promise<{ app: App; issueId: string }> },
): Promise<FaultReport> {
  const begun = performance.now();
  const chance = makeChance(plan.seed);
  const server = await openChaosServer(chance, plan.rate);
  if (plan.hasTwoWays)
    writeFileSync(join(open.folder, 'daybrief.yaml'), writeTransports(server.url));
  let clock = open.start;
  let kills = 0;
  try {
    while (kills < plan.kills && performance.now() - begun < plan.limitMs) {
      const isPair = chance() < 0.25;
      const at = chance() < 0.1 ? addTime(clock, -24 * 60 * MINUTE) : clock;
      const senders = (isPair ? [0, 1] : [0]).map(() =>
        startSender({ ...open, url: server.url, plan }, at),
      );
      const target = server.steps() + 1 + chance() * (plan.readers / plan.kills) * 6;
      await Promise.all(senders.map((sender) => killAt(sender, server, target)));
      kills += senders.length;
      clock = addTime(clock, 40 * SECOND + chance() * 3 * MINUTE);
    }
    server.calmDown();
    for (let hour = 0; hour < 3; hour += 1) {
      clock = addTime(clock, 125 * MINUTE);
      await startSender({ ...open, url: server.url, plan }, clock).ended;
    }
    return await judge({ plan, server, kills, begun }, await open.readApp());
  } finally {
    await server.close();
  }
}

function writeTransports(url: string): string {
  const rest = `url: ${url}\n    per_domain: { example.org: 400/s 3 at once }\n`;
  return `transports:\n  - name: main\n    weight: 2\n    ${rest}  - name: spare\n    ${rest}`;
}

/** Kills a sender when the server has seen so many steps of a dialogue. */
async function killAt(sender: RunningNode, server: ChaosServer, target: number): Promise<void> {
  let isOver = false;
  const ended = sender.ended.then(() => (isOver = true));
  while (!isOver && server.steps() < target) await Promise.race([sleep(5), ended]);
  sender.kill();
  await ended;
}

/** Another process that sends what is due, resumes what paused itself, and leaves when nothing is due. */
function startSender(
  run: { folder: string; url: string; plan: FaultPlan },
  clock: string,
): RunningNode {
  const { folder, url, plan } = run;
  return startNode(`
    import { openApp, closeApp } from 'SRC/app/open-app.ts';
    import { loadConfiguration } from 'SRC/config.ts';
    import { sendDueIssues } from 'SRC/app/run-due-work.ts';
    import { resumeIssue } from 'SRC/app/pause-send.ts';
    import { listIssues } from 'SRC/store/issues.ts';
    import { findNextDue } from 'SRC/store/ledger.ts';
    import { listNewsletters } from 'SRC/store/newsletters.ts';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const flags = { data: ${JSON.stringify(folder)}, smtp_url: '${url}', smtp_connections: '${plan.connections}' };
    const configuration = loadConfiguration({ ...flags, public_url: 'https://brief.example.org' }, flags.data);
    const now = () => new Date(Date.parse('${clock}') + performance.now()).toISOString();
    const app = await openApp(configuration, { log, now });
    const [newsletter] = await listNewsletters(app.store);
    for (let round = 0; round < 1000; round += 1) {
      const [issue] = await listIssues(app.store);
      if (issue.state === 'finished') break;
      if (issue.state === 'paused') await resumeIssue(app, newsletter, issue);
      const due = await findNextDue(app.store, issue.id);
      if (round > 0 && issue.state !== 'paused' && (due === null || due > now())) break;
      await sendDueIssues(app);
    }
    await closeApp(app);`);
}

async function judge(
  run: { plan: FaultPlan; server: ChaosServer; kills: number; begun: number },
  { app, issueId }: { app: App; issueId: string },
): Promise<FaultReport> {
  const { plan, server, kills } = run;
  const rows = await app.store.db
    .selectFrom('deliveries')
    .select(['message_id', 'state'])
    .where('issue_id', '=', issueId)
    .execute();
  const sums = await sumDeliveries(app.store, issueId);
  const took = (id: string): number => server.accepted.get(id) ?? 0;
  const phantom = rows.filter(
    ({ message_id, state }) => state === 'sent' && took(message_id) === 0,
  );
  const denied = rows.filter(
    ({ message_id, state }) => state !== 'sent' && state !== 'unknown' && took(message_id) > 0,
  );
  return {
    seed: plan.seed,
    deliveries: plan.readers,
    kills,
    faults: server.faults(),
    duplicates: [...server.accepted.values()].filter((times) => times > 1).length,
    misses: plan.readers - rows.length + phantom.length,
    wrong: denied.length,
    sent: sums.sent,
    failed: sums.failed,
    skipped: sums.skipped,
    unknown: sums.unknown,
    waiting: sums.waiting,
    unknownAllowed: kills * plan.connections + server.lostReplies(),
    milliseconds: Math.round(performance.now() - run.begun),
  };
}
