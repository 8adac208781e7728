import type { Command } from 'commander';
import { act, type GlobalFlags } from './command-context.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { print, printJsonLine } from './terminal.ts';

/** Commands that run without a store, for tools and benchmarks. */
export function addToolCommands(program: Command): void {
  program
    .command('parse-feed <files...>')
    .description('parse feed documents and print them as JSON')
    .option('--content-type <type>', 'the Content-Type they came with')
    .option('--url <url>', 'the address they came from')
    .option('--raw', 'leave HTML as the feed wrote it (addresses resolved)')
    .action(act(parseFeeds));
  program
    .command('parse-date <texts...>')
    .description('parse dates as feeds write them')
    .action(act(parseDates));
  program
    .command('ingest <files...>')
    .description('split plain-text or Markdown wire texts into articles')
    .action(act(ingest));
  program
    .command('cluster <file>')
    .description('merge articles (JSON Lines) into stories')
    .action(act(clusterFile));
  program
    .command('classify <file>')
    .description('find the theme of articles (JSON Lines)')
    .action(act(classifyFile));
  program
    .command('similar <file>')
    .description('tell whether pairs of articles (JSON Lines) are the same')
    .action(act(comparePairs));
  program
    .command('next-send <zone> <date> <time>')
    .description('the UTC instant of a local time, or null where the date does not exist')
    .action(act(nextSend));
}

interface ParseFlags {
  readonly contentType?: string;
  readonly url?: string;
  readonly raw?: boolean;
}

async function parseFeeds(flags: GlobalFlags & ParseFlags, ...files: string[]): Promise<number> {
  // Cleaning a large feed's HTML leaves a heap twice as large as reading it does.
  if (!flags.raw) keepHeapSmall();
  const { parseFeedFile } = await import('../app/run-tools.ts');
  let isBroken = false;
  for (const file of files) {
    const parsed = parseFeedFile(file, {
      contentType: flags.contentType ?? null,
      url: flags.url ?? null,
      isRaw: flags.raw === true,
    });
    isBroken ||= 'error' in parsed;
    await printJsonLine(parsed);
  }
  return isBroken ? 5 : 0;
}

async function parseDates(_flags: GlobalFlags, ...texts: string[]): Promise<void> {
  const { parseDateText } = await import('../app/parse-date-text.ts');
  for (const text of texts) await printJsonLine({ text, date: parseDateText(text) });
}

async function ingest(_flags: GlobalFlags, ...files: string[]): Promise<void> {
  const { ingestFile } = await import('../app/run-tools.ts');
  for (const file of files) for (const article of ingestFile(file)) await printJsonLine(article);
}

async function clusterFile(_flags: GlobalFlags, file: string): Promise<void> {
  const { clusterArticleFile } = await import('../app/run-tools.ts');
  for (const story of clusterArticleFile(file)) await printJsonLine(story);
}

async function classifyFile(_flags: GlobalFlags, file: string): Promise<void> {
  const { classifyArticleFile } = await import('../app/run-tools.ts');
  for (const row of classifyArticleFile(file)) await printJsonLine(row);
}

async function comparePairs(_flags: GlobalFlags, file: string): Promise<void> {
  const { comparePairFile } = await import('../app/run-tools.ts');
  for (const row of comparePairFile(file)) await printJsonLine(row);
}

async function nextSend(_flags: GlobalFlags, ...[zone, date, time]: string[]): Promise<void> {
  const { findSendInstant } = await import('../app/find-send-instant.ts');
  print(findSendInstant(zone ?? '', date ?? '', time ?? '') ?? 'null');
}
