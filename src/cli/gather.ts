import type { Command } from 'commander';
import type { GatheredFeed } from '../app/gather-feeds.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { print, printJson, printTable, startProgress } from './terminal.ts';

const NOTHING_DUE = 'Nothing is due. Fetch one feed at once with --feed.';
const IN_HAND =
  'Another run is fetching this feed just now. See how it went with: daybrief feeds list';

/** `daybrief gather`: fetches what is due. */
export function addGatherCommand(program: Command): void {
  program
    .command('gather')
    .description('fetch the feeds that are due')
    .option('--feed <id>', 'only this feed (its id or address), due or not')
    .action(act(gather));
}

async function gather(flags: GlobalFlags & { feed?: string }): Promise<number> {
  keepHeapSmall();
  return await withApp(flags, async (app) => {
    const { findNamedFeed } = await import('../app/find-named-feed.ts');
    const { gatherFeeds } = await import('../app/gather-feeds.ts');
    const feed = flags.feed === undefined ? null : await findNamedFeed(app, flags.feed);
    const progress = watchProgress();
    const gathered = await gatherFeeds(app, {
      ...(feed ? { feed } : {}),
      onProgress: progress.show,
    }).finally(progress.end);
    if (flags.json) printJson(gathered);
    else if (gathered.length === 0) print(feed ? IN_HAND : NOTHING_DUE);
    else printGathered(gathered);
    return gathered.some((row) => row.problem !== null) ? 5 : 0;
  });
}

/** The bar appears with the first feed, when it is known how many there are. */
function watchProgress(): { show: (done: number, total: number) => void; end: () => void } {
  let bar: ReturnType<typeof startProgress> | null = null;
  return {
    show(done, total) {
      bar ??= startProgress('gathering', total);
      bar.show(done);
    },
    end: () => bar?.end(),
  };
}

function printGathered(gathered: readonly GatheredFeed[]): void {
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
