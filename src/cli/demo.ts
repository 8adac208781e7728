import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { SendRun } from '../app/sending.ts';
import type { Configuration } from '../config.ts';
import { act, parseCount, type GlobalFlags } from './command-context.ts';
import { openBrowser } from './open-browser.ts';
import { waitForStop } from './run.ts';
import { describeSums } from './run-send.ts';
import { print, printJson, tell } from './terminal.ts';
import { describeCount } from '../domain/describe-count.ts';

interface DemoFlags {
  readonly port?: string;
  readonly open: boolean;
  readonly once?: boolean;
}

/** `daybrief demo`: a whole morning on bundled seeds, offline. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'a whole morning on bundled seeds, offline: gather, build, send to a built-in inbox, preview',
    )
    .option('--port <number>', 'port of the preview (default: 4400, or a free one)')
    .option('--no-open', 'do not open the browser')
    .option('--once', 'exit after the numbers')
    .action(act(demo));
}

async function demo(flags: GlobalFlags & DemoFlags): Promise<number> {
  const { claimDemoFolder, configureDemo, findDemoDate } = await import('../app/prepare-demo.ts');
  const { closeApp, openApp, readClock } = await import('../app/open-app.ts');
  const { openLog } = await import('../log.ts');
  const folder = flags.data === undefined ? resolve('data', 'demo') : resolve(flags.data);
  claimDemoFolder(folder, findDemoDate(readClock()));
  const places = await openPlaces(folder, flags);
  try {
    const configuration = configureDemo(folder, places);
    const app = await openApp(configuration, { log: openLog('fatal') });
    try {
      places.show(app);
      return await runMorning(app, configuration, { flags, places });
    } finally {
      await closeApp(app);
    }
  } finally {
    await places.close();
  }
}

interface Places {
  readonly smtpUrl: string;
  readonly publicUrl: string;
  readonly seedOrigin: string;
  readonly fetchAllow: readonly string[];
  show(app: App): void;
  close(): Promise<void>;
}

/** Everything a morning needs from outside, on this machine: a web server, feeds and a mailbox. What was opened is closed when the next fails. */
async function openPlaces(folder: string, flags: DemoFlags): Promise<Places> {
  const { MORNING } = await import('../app/prepare-demo.ts');
  const { readClock } = await import('../app/open-app.ts');
  const { openDemoInbox } = await import('../app/open-mail.ts');
  const { openDemoServer } = await import('../web/open-demo-server.ts');
  const { openSeedServer } = await import('../web/open-seed-server.ts');
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((place) => place.close()));
  };
  try {
    const pages = await openDemoServer(
      flags.port === undefined ? undefined : parseCount(flags.port, '--port'),
    );
    opened.push(pages);
    const seeds = await openSeedServer({ folder: MORNING, now: readClock() });
    opened.push(seeds);
    const inbox = await openDemoInbox(join(folder, 'inbox'));
    opened.push(inbox);
    return {
      smtpUrl: inbox.url,
      publicUrl: pages.url,
      seedOrigin: seeds.origin,
      fetchAllow: [seeds.hostPort],
      show: (app) => pages.show(app),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function runMorning(
  app: App,
  configuration: Configuration,
  edges: { flags: GlobalFlags & DemoFlags; places: Places },
): Promise<number> {
  const { flags, places } = edges;
  const { name, run } = await makeMorning(app, configuration);
  const { sums, sentNow } = run;
  if (flags.json) printJson(toDocument(name, run, places.publicUrl));
  else {
    if (sentNow === 0)
      print(
        `Nobody was mailed: all ${sums.sent} readers of ${name} have it already, and nobody gets a second copy.`,
      );
    else print(`${sentNow} sent in this run.`);
    print(describeSums(name, sums));
    print(places.publicUrl);
  }
  if (flags.once) return 0;
  tell(
    `Look around in this morning: daybrief --data ${app.settings.data} status. Stop with Ctrl-C.`,
  );
  if (flags.open) openBrowser(places.publicUrl);
  await waitForStop();
  return 0;
}

async function makeMorning(app: App, configuration: Configuration) {
  const { fillDemo } = await import('../app/prepare-demo.ts');
  const { gatherFeeds } = await import('../app/gather-feeds.ts');
  const { buildIssue } = await import('../app/build-issue.ts');
  const { parseIssueName } = await import('../app/choose-newsletter.ts');
  const { planSend, sendIssue } = await import('../app/send-issue.ts');
  const { openMail } = await import('../app/open-mail.ts');
  await fillDemo(app, configuration);
  const gathered = await gatherFeeds(app);
  tell(describeGathering(gathered));
  const { newsletter, key } = await parseIssueName(app, 'today');
  const { issue } = await buildIssue(app, newsletter, key.date);
  const { counts } = issue.document;
  tell(
    `Issue of ${issue.date}: ${describeCount(counts.stories, 'story')} from ${describeCount(counts.articles, 'article')} of ${describeCount(counts.outlets, 'outlet')}, ${counts.minutes} min to read.`,
  );
  const confirmed = (await planSend(app, issue)).waiting;
  const { openTransport } = await openMail(app);
  const run = await sendIssue(
    app,
    { newsletter, issue, confirmed },
    { openTransport, askedBy: 'manual' },
  );
  return { name: `${issue.newsletter}/${issue.date}`, run };
}

function describeGathering(gathered: readonly { added: number; problem: string | null }[]): string {
  const articles = gathered.reduce((sum, feed) => sum + feed.added, 0);
  const problems = gathered.flatMap((feed) => (feed.problem ? [`  ${feed.problem}`] : []));
  return [
    `Gathered ${describeCount(articles, 'new article')} from ${describeCount(gathered.length, 'feed')}.`,
    ...problems,
  ].join('\n');
}

/** What this run did: readers who had the issue before it count as skipped by it. */
function toDocument(issue: string, { sums, sentNow }: SendRun, url: string) {
  const { audience, failed, unknown } = sums;
  const alreadySent = sums.sent - sentNow;
  return {
    url,
    issue,
    audience,
    sent: sentNow,
    failed,
    skipped: sums.skipped + alreadySent,
    unknown,
    alreadySent,
  };
}
