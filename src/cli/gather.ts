import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable, tell } from './terminal.ts';

/** `daybrief gather`: fetches what is due. */
export function addGatherCommand(program: Command): void {
  program
    .command('gather')
    .description('fetch the feeds that are due')
    .option('--feed <id>', 'only this feed (its id or address), due or not')
    .action(act(gather));
}

async function gather(flags: GlobalFlags & { feed?: string }): Promise<number> {
  return await withApp(flags, async (app) => {
    const { findNamedFeed } = await import('../app/find-named-feed.ts');
    const { gatherFeeds } = await import('../app/gather-feeds.ts');
    const feed = flags.feed === undefined ? null : await findNamedFeed(app, flags.feed);
    const gathered = await gatherFeeds(app, {
      ...(feed ? { feedId: feed.id } : {}),
      onFeed: ({ url }) => (process.stderr.isTTY ? tell(`  ${url}`) : undefined),
    });
    if (flags.json) printJson(gathered);
    else if (gathered.length === 0) print('Nothing is due. Fetch one feed at once with --feed.');
    else {
      printTable(
        ['feed', 'outcome', 'new', 'changed', 'problem'],
        gathered.map((row) => [
          row.url,
          row.outcome,
          `${row.added}`,
          `${row.changed}`,
          row.problem ?? '',
        ]),
      );
    }
    const isBroken = gathered.some((row) => row.problem !== null);
    return isBroken ? 5 : 0;
  });
}
