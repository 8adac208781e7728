import { createReadStream, existsSync } from 'node:fs';
import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable, tell } from './terminal.ts';

/** `daybrief subscribers`: who reads the newsletters. */
export function addSubscribersCommand(program: Command): void {
  const subscribers = program
    .command('subscribers')
    .description('list, add, remove, import and look up readers');
  subscribers.command('list').description('the readers of a newsletter').action(act(listAll));
  subscribers
    .command('add <address>')
    .description('add a reader; without --consent the subscription is pending and gets no mail')
    .option('--name <name>', 'the name in the To line')
    .option('--zone <zone>', 'time zone, such as Asia/Kathmandu (default: the newsletter’s)')
    .option('--language <code>', 'language around the stories (default: the newsletter’s)')
    .option('--consent <text>', 'how the person agreed, in words')
    .action(act(add));
  subscribers.command('remove <address>').description('end a subscription').action(act(remove));
  subscribers
    .command('import <file>')
    .description(
      'import a CSV: a header line, then address,name,zone,language,consent (- reads stdin)',
    )
    .action(act(importFile));
  subscribers
    .command('show <address>')
    .description('why did this reader (not) get it?')
    .action(act(show));
}

async function listAll(flags: GlobalFlags): Promise<void> {
  await withApp(flags, async (app) => {
    const { listSubscribers } = await import('../app/look-up-subscriber.ts');
    const readers = await listSubscribers(app, flags.newsletter);
    if (flags.json) printJson(readers);
    else if (readers.length === 0)
      print(
        'Nobody is subscribed yet. Add a reader with: daybrief subscribers add ADDRESS --consent TEXT',
      );
    else {
      printTable(
        ['address', 'name', 'state', 'zone', 'language'],
        readers.map((row) => [
          row.address,
          row.name,
          row.state,
          row.zone ?? '',
          row.language ?? '',
        ]),
      );
    }
  });
}

interface AddFlags {
  readonly name?: string;
  readonly zone?: string;
  readonly language?: string;
  readonly consent?: string;
}

async function add(flags: GlobalFlags & AddFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { addSubscriber } = await import('../app/add-subscriber.ts');
    const { name, zone, language, consent } = flags;
    const wish = {
      address,
      ...Object.fromEntries(
        Object.entries({ name, zone, language, consent }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    };
    const result = await addSubscriber(app, wish, flags.newsletter);
    if (flags.json) printJson({ address, result, state: consent ? 'active' : 'pending' });
    else if (result === 'unchanged')
      print(`${address} is subscribed already. Nothing was changed.`);
    else if (consent) print(`${address} is subscribed and gets the next issue.`);
    else
      print(
        `${address} was added as pending and gets no mail. Say how the person agreed with --consent TEXT to subscribe them.`,
      );
  });
}

async function remove(flags: GlobalFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { removeSubscriber } = await import('../app/add-subscriber.ts');
    await removeSubscriber(app, address, flags.newsletter);
    if (flags.json) printJson({ address, state: 'unsubscribed' });
    else print(`${address} is unsubscribed and gets no more mail.`);
  });
}

async function importFile(flags: GlobalFlags, file: string): Promise<number> {
  return await withApp(flags, async (app) => {
    const { importSubscribers } = await import('../app/add-subscriber.ts');
    if (file !== '-' && !existsSync(file)) {
      throw new BriefingError(
        'invalid',
        `There is no file ${file}. Give the path of a CSV file, or - to read it from stdin.`,
      );
    }
    const input = file === '-' ? process.stdin : createReadStream(file);
    const result = await importSubscribers(app, input, flags.newsletter);
    if (flags.json) printJson(result);
    else {
      print(
        `${result.added} added, ${result.activated} activated, ${result.unchanged} known already, ${result.refused.length} refused`,
      );
      for (const { line, reason } of result.refused) tell(`line ${line}: ${reason}`);
    }
    return result.refused.length > 0 ? 5 : 0;
  });
}

async function show(flags: GlobalFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { lookUpSubscriber } = await import('../app/look-up-subscriber.ts');
    const found = await lookUpSubscriber(app, address);
    if (flags.json) return printJson(found);
    print(found.answer.replace('ADDRESS', address));
    printTable(
      ['when (UTC)', 'what'],
      found.timeline.map(({ at, text }) => [at.slice(0, 16).replace('T', ' '), text]),
    );
  });
}
