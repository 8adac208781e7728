import type { Command } from 'commander';
import type { DkimKeys } from '../app/make-dkim-keys.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

interface DkimFlags {
  readonly domain?: string;
  readonly selector?: string;
}

/** `daybrief dkim new`: keys that sign outgoing mail. */
export function addDkimCommand(program: Command): void {
  program
    .command('dkim')
    .description('keys that sign outgoing mail')
    .command('new')
    .description('make keys for signing mail and print the DNS records that publish them')
    .option('--domain <domain>', 'domain that signs (default: the sender’s)')
    .option('--selector <name>', 'name of the keys in the DNS')
    .action(act<DkimFlags>(makeKeys));
}

async function makeKeys(flags: GlobalFlags & DkimFlags): Promise<void> {
  const { makeDkimKeys } = await import('../app/make-dkim-keys.ts');
  await withApp(flags, async (app) => {
    const keys = await makeDkimKeys(app, flags);
    if (flags.json) printJson(keys);
    else printKeys(keys);
  });
}

function printKeys({ domain, selector, records }: DkimKeys): void {
  print('1. Publish these TXT records in the DNS:\n');
  for (const { name, strings } of records) {
    print(`${name}. IN TXT (`);
    for (const string of strings) print(`  "${string}"`);
    print(')\n');
  }
  print('2. When they can be seen (dig TXT NAME), let daybrief sign with them, in .env:\n');
  print(`DAYBRIEF_DKIM_DOMAIN=${domain}\nDAYBRIEF_DKIM_SELECTOR=${selector}\n`);
  print('The private keys, for nobody but this machine:');
  for (const { file } of records) print(file);
}
