import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import { act, loadFlags, type GlobalFlags } from './command-context.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { tell } from './terminal.ts';

/** `daybrief run`: the scheduler, the sender and the web server in one process. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('gather, build and send on time, and serve the readers’ pages, until stopped')
    .option('--once', 'do what is due now, then exit')
    .action(act(run));
}

async function run(flags: GlobalFlags & { once?: boolean }): Promise<number> {
  keepHeapSmall();
  const configuration = await loadFlags(flags);
  const { openLog } = await import('../log.ts');
  const { closeApp, openApp } = await import('../app/open-app.ts');
  const { chooseNewsletters } = await import('../app/list-newsletters.ts');
  const { proveTemplates } = await import('../app/load-template-kit.ts');
  const app = await openApp(configuration, { log: openLog(configuration.settings.logLevel) });
  try {
    await chooseNewsletters(app);
    await proveTemplates(app);
    const { runOnce } = await import('../scheduler.ts');
    if (flags.once) await runOnce(app);
    else await runUntilStopped(app);
    return 0;
  } finally {
    await closeApp(app);
  }
}

async function runUntilStopped(app: App): Promise<void> {
  const { startScheduler } = await import('../scheduler.ts');
  const { createReaderApp } = await import('../web/reader-app.ts');
  const { createPushApp } = await import('../web/push-app.ts');
  const { createWebhookApp } = await import('../web/webhook-app.ts');
  const { openServer } = await import('../web/open-server.ts');
  const { host, port } = app.settings;
  const pages = createReaderApp(app)
    .route('/api/v1', createPushApp(app))
    .route('/webhooks', createWebhookApp(app));
  const server = await openServer(pages, { host, port });
  tell(`daybrief is running; readers’ pages at ${server.url}. Stop it with Ctrl-C.`);
  app.log.info('run.started', { url: server.url });
  const scheduler = startScheduler(app);
  await waitForStop();
  tell('Stopping: the message in hand is finished first.');
  await Promise.all([scheduler.stop(), server.close()]);
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process as usual. */
export async function waitForStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
}
