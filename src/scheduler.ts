import { schedule } from 'node-cron';
import type { App } from './app/app.ts';
import { gatherFeeds } from './app/gather-feeds.ts';
import { queueDueNotices } from './app/queue-due-notices.ts';
import { pruneWhenDue } from './app/prune-store.ts';
import { readBounceMailbox } from './app/read-bounce-mailbox.ts';
import { buildDueIssues, freezeDueIssues, sendDueIssues } from './app/run-due-work.ts';
import { LEASE } from './app/claim-batch.ts';
import { sendQueuedMail } from './app/send-queued-mail.ts';

/** Milliseconds after which a lease that was just over is surely over. */
const A_MOMENT = 1_000;

/** The running clock. */
export interface Scheduler {
  /** Stops ticking, and the send in progress between two messages; resolves when the current work is done. */
  stop(): Promise<void>;
}

/**
 * Ticks once a minute; every tick asks the store what is due, so a restart or a slept laptop loses nothing.
 * Begins with one whole pass, because an issue built before the first gathering would be empty.
 */
export function startScheduler(app: App): Scheduler {
  const leaving = new AbortController();
  let start: Promise<void> | null = runOnce(app, leaving.signal);
  const morning = startLane(app, 'morning', async () => {
    if (!start) return await runMorning(app, leaving.signal);
    try {
      await start;
    } finally {
      start = null;
    }
  });
  const gather = startLane(app, 'gather', async () => {
    if (start) return;
    await gatherFeeds(app);
    await pruneWhenDue(app);
  });
  const letters = startLane(app, 'letters', async () => {
    if (!start) await sendQueuedMail(app, leaving.signal);
  });
  const bounces = startLane(app, 'bounces', async () => {
    if (!start) await readBounceMailbox(app);
  });
  const second = planSecondLook(app, leaving.signal);
  return {
    async stop() {
      leaving.abort();
      const lanes = [morning, gather, letters, bounces, second];
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

/** Once, as soon as what a killed predecessor held is free again: neither the next minute nor the end of a long gathering is waited for. */
function planSecondLook(app: App, signal: AbortSignal): Scheduler {
  let look: Promise<void> | null = null;
  const timer = setTimeout(() => {
    look = sendDueIssues(app, signal).catch((error: unknown) => noteFailure(app, 'again', error));
  }, LEASE + A_MOMENT);
  return {
    async stop() {
      clearTimeout(timer);
      await look;
    },
  };
}

/** One pass over everything that is due: what came back, what a send before left waiting, then gather, build, freeze, send. */
export async function runOnce(app: App, signal?: AbortSignal): Promise<void> {
  await readBounceMailbox(app);
  await sendDueIssues(app, signal);
  await gatherFeeds(app);
  await runMorning(app, signal);
  await sendQueuedMail(app, signal);
}

/** Letters have a lane of their own: a correction to every reader holds up no issue. */
async function runMorning(app: App, signal?: AbortSignal): Promise<void> {
  await buildDueIssues(app);
  await freezeDueIssues(app);
  await sendDueIssues(app, signal);
  await queueDueNotices(app);
}

/** A lane never overlaps itself: a tick that finds the last one busy is dropped, the next one asks the store again. */
function startLane(app: App, name: string, work: () => Promise<unknown>): Scheduler {
  let current: Promise<void> | null = null;
  const tick = (): void => {
    current ??= work()
      .catch((error: unknown) => noteFailure(app, name, error))
      .then(() => {
        current = null;
      });
  };
  const task = schedule('* * * * *', tick);
  tick();
  return {
    async stop() {
      await task.stop();
      await current;
    },
  };
}

function noteFailure(app: App, lane: string, error: unknown): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  app.log.error('tick.failed', { lane, why });
}
