import type { App } from '../app/app.ts';
import type { SendOptions, SendRun } from '../app/sending.ts';
import { describeCount } from '../domain/describe-count.ts';
import type { LedgerSums } from '../domain/delivery.ts';
import type { Issue } from '../domain/issue.ts';
import type { GlobalFlags } from './command-context.ts';
import { keepHeapFlat } from './keep-heap-small.ts';
import { print, printJson, startProgress, tell } from './terminal.ts';

/** Runs a send with a progress bar, stops it between two messages at Ctrl-C, tells what it came to, and returns the exit code. */
export async function runSend(
  app: App,
  sending: { issue: Issue; total: number; send: (options: SendOptions) => Promise<SendRun> },
  flags: GlobalFlags,
): Promise<number> {
  keepHeapFlat();
  const { openMail } = await import('../app/open-mail.ts');
  const { queueDueNotices } = await import('../app/queue-due-notices.ts');
  const { sendQueuedMail } = await import('../app/send-queued-mail.ts');
  const { issue } = sending;
  const name = `${issue.newsletter}/${issue.date}`;
  const mail = await openMail(app);
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave).once('SIGTERM', leave);
  const progress = startProgress('sending', sending.total);
  try {
    const run = await sending.send({
      openTransport: mail.openTransport,
      routes: mail.routes,
      askedBy: 'manual',
      onProgress: progress.show,
      onHold: tellHold(name),
      signal: leaving.signal,
    });
    progress.end();
    await queueDueNotices(app);
    await sendQueuedMail(app, leaving.signal);
    return report({ name, ...run, isStopped: leaving.signal.aborted }, flags);
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await mail.close();
  }
}

/** Says once how long the hold is, and counts down where a person looks. */
function tellHold(name: string): (secondsLeft: number) => void {
  let isTold = false;
  return (secondsLeft) => {
    if (!isTold)
      tell(
        `Held for ${secondsLeft} s. To pull it back, in another terminal: daybrief cancel ${name}`,
      );
    isTold = true;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${secondsLeft} s left …`);
  };
}

function report(
  run: SendRun & { readonly name: string; readonly isStopped: boolean },
  flags: GlobalFlags,
): number {
  const { name, sums, state, reason } = run;
  for (const fault of run.faults)
    tell(`${fault} The others went on without it; "daybrief doctor" says more.`);
  if (flags.json) {
    const { sentNow, problem, faults } = run;
    printJson({ issue: name, state, reason, ...sums, sentNow, problem, faults });
  } else {
    if (sums.audience === 0) print('Nobody has subscribed yet, so nobody was mailed.');
    else if (run.sentNow === 0 && sums.waiting === 0 && state === 'finished')
      print('Everybody who gets this issue has it already. Nobody was mailed a second time.');
    print(describeSums(name, sums));
  }
  const left = `${describeCount(sums.waiting, 'reader')} still to mail`;
  if (state === 'paused' || state === 'cancelled') {
    const way = state === 'paused' ? ` Let it go on with: daybrief resume ${name}` : '';
    tell(
      `daybrief: ${run.problem ? `${run.problem} ` : ''}The issue is ${state} (${reason ?? 'no reason kept'}), ${left}.${way}`,
    );
    return run.problem ? 1 : 5;
  }
  if (run.isStopped) {
    tell(`Stopped. ${left}; the same command goes on where this one stopped.`);
    return 130;
  }
  if (run.problem) {
    tell(`daybrief: ${run.problem} ${left}; mend it and run the same command again.`);
    return 1;
  }
  if (sums.unknown > 0)
    tell(
      `${sums.unknown} may or may not have it: see them with "daybrief ledger ${name} --state unknown"; send again or leave them with "daybrief retry ${name} --unknown".`,
    );
  if (sums.waiting > 0)
    tell(
      `${sums.waiting} wait for another try: "daybrief run" makes it, or this command again later.`,
    );
  return sums.failed + sums.unknown + sums.waiting > 0 ? 5 : 0;
}

/** One line whose numbers add up. */
export function describeSums(name: string, sums: LedgerSums): string {
  const { audience, sent, failed, skipped, unknown, waiting } = sums;
  return `${name}: audience ${audience} = ${sent} sent + ${failed} failed + ${skipped} skipped + ${unknown} unknown + ${waiting} waiting`;
}
