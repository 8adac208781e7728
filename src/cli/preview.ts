import type { Command } from 'commander';
import { act, parseCount, withApp, type GlobalFlags } from './command-context.ts';
import { openBrowser } from './open-browser.ts';
import { waitForStop } from './run.ts';
import { print, printJson, tell } from './terminal.ts';

interface PreviewFlags {
  readonly port?: string;
  readonly as?: string;
  readonly open: boolean;
}

/** `daybrief preview`: the preview app on 127.0.0.1. */
export function addPreviewCommand(program: Command): void {
  program
    .command('preview')
    .description('look at issues and samples in the browser, with live reload of the templates')
    .option('--port <number>', 'port (default: the setting; 0 takes a free one)')
    .option('--as <address>', 'begin with the mail this subscriber gets')
    .option('--no-open', 'do not open the browser')
    .action(act(preview));
}

async function preview(flags: GlobalFlags & PreviewFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { createPreviewApp } = await import('../web/preview-app.ts');
    const { openServer } = await import('../web/open-server.ts');
    const port = flags.port === undefined ? app.settings.port : parseCount(flags.port, '--port');
    const pages = createPreviewApp(app, flags.as === undefined ? {} : { as: flags.as });
    const server = await openServer(pages, { host: '127.0.0.1', port });
    if (flags.json) printJson({ url: server.url });
    else print(server.url);
    tell('Stop it with Ctrl-C.');
    if (flags.open) openBrowser(server.url);
    await waitForStop();
    await server.close();
  });
}
