import type { Command } from 'commander';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable } from './terminal.ts';

/** `daybrief newsletters`: what is published here. */
export function addNewslettersCommand(program: Command): void {
  const newsletters = program.command('newsletters').description('show the newsletters');
  newsletters.command('list').description('list the newsletters').action(act(listAll));
  newsletters.command('show <slug>').description('show one newsletter whole').action(act(showOne));
}

async function listAll(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { listNewsletters } = await import('../app/list-newsletters.ts');
    const all = await listNewsletters(app);
    if (flags.json) printJson(all);
    else if (all.length === 0) print('There is no newsletter yet. Write one with: daybrief init');
    else {
      printTable(
        ['newsletter', 'name', 'language', 'sends at', 'zone', 'sender'],
        all.map((one) => [
          one.slug,
          one.name,
          one.language,
          one.sendTime,
          one.zone,
          one.sender.address,
        ]),
      );
    }
  });
}

async function showOne(flags: GlobalFlags, slug: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { chooseNewsletter } = await import('../app/choose-newsletter.ts');
    printJson(await chooseNewsletter(app, slug));
  });
}
