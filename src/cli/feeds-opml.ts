import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, tell } from './terminal.ts';

/** `daybrief feeds import` and `feeds export`: lists of feeds as other programs keep them. */
export function addFeedListCommands(feeds: Command): void {
  feeds
    .command('import <file>')
    .description('add the feeds of an OPML file')
    .action(act(importFile));
  feeds
    .command('export')
    .description('print the feeds of a newsletter as OPML')
    .option('-o, --output <file>', 'write to a file')
    .action(act(exportFile));
}

async function importFile(flags: GlobalFlags, file: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { importFeeds } = await import('../app/import-feeds.ts');
    if (!existsSync(file))
      throw new BriefingError(
        'invalid',
        `There is no file ${file}. Give the path of an OPML file, as feed readers export it.`,
      );
    const result = await importFeeds(app, readFileSync(file), flags.newsletter);
    if (flags.json) printJson(result);
    else {
      const { added, known, refused } = result;
      print(`${added} added, ${known} known already, ${refused.length} refused`);
      for (const { line, why } of refused) tell(`line ${line}: ${why}`);
    }
    return result.refused.length > 0 ? 5 : 0;
  });
}

async function exportFile(flags: GlobalFlags & { output?: string }): Promise<void> {
  await withApp(flags, async (app) => {
    const { exportFeeds } = await import('../app/import-feeds.ts');
    const { opml, leftOut } = await exportFeeds(app, flags.newsletter);
    if (leftOut > 0) tell(`${leftOut} feeds are not on the web and were left out.`);
    if (flags.output === undefined) print(opml.trimEnd());
    else writeFileSync(flags.output, opml);
  });
}
