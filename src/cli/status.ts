import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app/app.ts';
import type { IssueStatus, NewsletterStatus } from '../app/read-status.ts';
import type { Issue } from '../domain/issue.ts';
import { localTimeAt } from '../domain/local-time.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { describeSums } from './run-send.ts';
import { print, printJson, printJsonLine, startProgress } from './terminal.ts';
import { describeCount } from '../domain/describe-count.ts';

/** `daybrief status`: what happens next, or how one send stands. */
export function addStatusCommand(program: Command): void {
  program
    .command('status [issue]')
    .description('what happens next, when, and to how many; with an issue, how its sending stands')
    .option('--watch', 'with an issue: stay until it is finished or paused')
    .action(act(status));
}

async function status(flags: GlobalFlags & { watch?: boolean }, name?: string): Promise<number> {
  return await withApp(flags, async (app) => {
    if (name !== undefined) {
      const { findNamedIssue } = await import('../app/choose-newsletter.ts');
      const { issue } = await findNamedIssue(app, name, flags.newsletter);
      if (flags.watch) return await watchIssue(app, issue, flags);
      await showIssueStatus(app, issue, flags);
      return 0;
    }
    const { readStatus } = await import('../app/read-status.ts');
    const all = await readStatus(app);
    if (flags.json) printJson(all);
    else if (all.length === 0) print('There is no newsletter yet. Write one with: daybrief init');
    else for (const one of all) print(describe(one));
    return 0;
  });
}

/** Prints how the sending of an issue stands. */
export async function showIssueStatus(app: App, issue: Issue, flags: GlobalFlags): Promise<void> {
  const { readIssueStatus } = await import('../app/read-status.ts');
  const found = await readIssueStatus(app, issue);
  if (flags.json) printJson(found);
  else print(describeStatus(found));
}

/** Shows how the sending of an issue goes until it is finished, paused or cancelled, or Ctrl-C; as JSON Lines one line per change. */
export async function watchIssue(app: App, issue: Issue, flags: GlobalFlags): Promise<number> {
  const { readIssueStatus } = await import('../app/read-status.ts');
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave).once('SIGTERM', leave);
  let shown = '';
  try {
    for (;;) {
      const found = await readIssueStatus(app, issue);
      const isOver = !['draft', 'frozen', 'sending'].includes(found.state) || found.held !== null;
      const progress = startProgress('sending', found.audience);
      if (flags.json && JSON.stringify(found) !== shown) await printJsonLine(found);
      else if (!flags.json && !isOver) progress.show(found.audience - found.waiting);
      shown = JSON.stringify(found);
      if (isOver || leaving.signal.aborted) {
        progress.end();
        if (!flags.json) print(describeStatus(found));
        return leaving.signal.aborted ? 130 : chooseExitCode(found);
      }
      await waitFor(LOOK_EVERY, leaving.signal);
    }
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

const LOOK_EVERY = 500;

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

function chooseExitCode({ state, failed, unknown }: IssueStatus): number {
  return state === 'finished' && failed + unknown === 0 ? 0 : 5;
}

function describeStatus(one: IssueStatus): string {
  const state = one.held === null ? one.state : `${one.state}, held`;
  const why = one.held ?? one.reason;
  const hold = one.holdUntil ? `, on hold until ${one.holdUntil}` : '';
  const content = one.contentHash ? `\ncontent ${one.contentHash}` : '';
  return `${state}${why ? ` (${why})` : ''}${hold}\n${describeSums(one.issue, one)}${content}`;
}

function describe(one: NewsletterStatus): string {
  const readers = describeCount(one.readers, 'reader');
  const next =
    one.nextSend === null
      ? 'is paused: nothing is sent.'
      : `next issue ${one.nextDate}, sent at ${localTimeAt(one.zone, one.nextSend)} ${one.zone} (${one.nextSend.slice(0, 16)}Z) to ${readers}${one.nextIssueState ? `; it is ${one.nextIssueState}` : '; not built yet'}`;
  const feeds = `${describeCount(one.feeds, 'feed')}${one.failingFeeds > 0 ? `, ${one.failingFeeds} failing (daybrief feeds list)` : ''}`;
  const last = one.lastIssue
    ? `\n  last: ${one.lastIssue.state}, ${describeSums(one.lastIssue.date, one.lastIssue.sums)}`
    : '';
  return `${one.name} (${one.newsletter}): ${next}\n  ${feeds}${last}`;
}
