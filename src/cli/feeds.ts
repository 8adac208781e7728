import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { addFeedListCommands } from './feeds-opml.ts';
import { print, printJson, printTable, tell } from './terminal.ts';
import { describeCount } from '../domain/describe-count.ts';

interface FeedFlags {
  readonly outlet?: string;
  readonly weight?: string;
  readonly language?: string;
  readonly theme?: string;
  readonly exclude?: string;
  readonly headlineOnly?: boolean;
  /** False with --no-pages. */
  readonly pages: boolean;
}

/** `daybrief feeds`: what the newsletters are made from. */
export function addFeedsCommand(program: Command): void {
  const feeds = program
    .command('feeds')
    .description('list, add, remove, check, import and export feeds');
  feeds.command('list').description('every feed and how it is doing').action(act(listAll));
  feeds
    .command('add <address>')
    .description('add a feed, the feed of a web page, or a folder of wire texts and notes')
    .option('--outlet <name>', 'name of its publisher')
    .option('--weight <number>', 'how much its articles count, 0 to 10 (1 is ordinary)')
    .option('--language <code>', 'its language, where the feed does not say')
    .option('--theme <slug>', 'the theme its articles lean to')
    .option('--exclude <words>', 'leave out titles with these words, comma-separated')
    .option('--headline-only', 'print nothing of it but titles and links')
    .option('--no-pages', 'do not look up its short articles on their pages')
    .action(act(add));
  feeds
    .command('remove <address>')
    .description('take a feed out; its articles stay')
    .action(act(remove));
  feeds
    .command('check <address>')
    .description('fetch one feed, store nothing, and explain')
    .action(act(check));
  addFeedListCommands(feeds);
}

async function listAll(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { describeFeeds } = await import('../app/describe-feeds.ts');
    const feeds = await describeFeeds(app, flags.newsletter);
    if (flags.json) printJson(feeds);
    else if (feeds.length === 0)
      print('There is no feed yet. Add one with: daybrief feeds add ADDRESS');
    else {
      printTable(
        ['id', 'address', 'outlet', 'weight', 'state', 'health'],
        feeds.map((feed) => [
          feed.id.slice(0, 8),
          feed.url,
          feed.outlet ?? '',
          `${feed.weight}`,
          feed.state,
          feed.health,
        ]),
      );
    }
  });
}

async function add(flags: GlobalFlags & FeedFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { addDiscoveredFeed } = await import('../app/discover-feed.ts');
    const { outlet, language, theme } = flags;
    const { feed, others, warning } = await addDiscoveredFeed(
      app,
      {
        address,
        fetchPages: flags.pages,
        isHeadlineOnly: flags.headlineOnly ?? false,
        ...(flags.newsletter === undefined ? {} : { newsletter: flags.newsletter }),
        ...(outlet === undefined ? {} : { outlet }),
        ...(language === undefined ? {} : { language }),
        ...(theme === undefined ? {} : { theme }),
        ...(flags.weight === undefined ? {} : { weight: Number(flags.weight) }),
        ...(flags.exclude === undefined
          ? {}
          : { exclude: flags.exclude.split(',').map((word) => word.trim()) }),
      },
      process.cwd(),
    );
    if (warning) tell(`It could not be looked at now: ${warning}`);
    if (others.length > 0) tell(`The page names other feeds too:\n  ${others.join('\n  ')}`);
    if (flags.json) printJson(feed);
    else print(`Added ${feed.url}\nFetch it now with: daybrief gather --feed ${feed.id}`);
  });
}

async function remove(flags: GlobalFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { removeFeed } = await import('../app/add-feed.ts');
    const wish = {
      address,
      ...(flags.newsletter === undefined ? {} : { newsletter: flags.newsletter }),
    };
    const feed = await removeFeed(app, wish, process.cwd());
    if (flags.json) printJson(feed);
    else print(`Removed ${feed.url}. Put it back with: daybrief feeds add ${feed.url}`);
  });
}

async function check(flags: GlobalFlags, address: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { checkFeed } = await import('../app/check-feed.ts');
    const checked = await checkFeed(app, address, process.cwd());
    if (flags.json) printJson(checked);
    else {
      print(
        `${checked.url}: ${checked.problem ?? describeCount(checked.articles.length, 'article')}`,
      );
      if (checked.movedTo) print(`  It has moved for good to ${checked.movedTo}`);
      if (checked.waitMinutes !== null)
        print(`  It would be fetched again after ${checked.waitMinutes} minutes.`);
      for (const article of checked.articles.slice(0, 5)) {
        print(`  ${article.publishedAt.slice(0, 16)}  ${article.outlet.name}  ${article.title}`);
      }
    }
    return checked.problem ? 5 : 0;
  });
}
