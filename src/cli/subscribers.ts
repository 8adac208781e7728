import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { print, printJson, printTable, tell } from './terminal.ts';

/** `daybrief subscribers`: who reads the newsletters. */
export function addSubscribersCommand(program: Command): void {
  const subscribers = program
    .command('subscribers')
    .description('list, add, remove, import, export and look up readers');
  subscribers.command('list').description('the readers of a newsletter').action(act(listAll));
  addChoices(subscribers.command('add <address>'))
    .description('add a reader; without --consent the subscription is pending and gets no mail')
    .option('--consent <text>', 'how the person agreed, in words')
    .action(act(add));
  addChoices(subscribers.command('edit <address>'))
    .description('change what a reader gets; an empty value takes a choice back')
    .action(act(edit));
  subscribers
    .command('mute <address> <issue> <story>')
    .description('leave a story of an issue, and what becomes of it, out of a reader’s mails')
    .option('--undo', 'tell it again')
    .action(act(mute));
  subscribers.command('remove <address>').description('end a subscription').action(act(remove));
  subscribers
    .command('import <file>')
    .description(
      'import a CSV: a header line, then address,name,zone,language,consent,topics,mutes,minutes,look (- reads stdin)',
    )
    .action(act(importFile));
  subscribers
    .command('export')
    .description('the readers as a CSV that import reads; consent and preferences too')
    .option('-o, --output <file>', 'write it there and not to stdout')
    .option('--all', 'those who left as well')
    .action(act(exportFile));
  subscribers
    .command('show <address>')
    .description('why did this reader (not) get it?')
    .action(act(show));
}

function addChoices(command: Command): Command {
  return command
    .option('--name <name>', 'the name in the greeting and the To line')
    .option('--zone <zone>', 'time zone, such as Asia/Kathmandu (default: the newsletter’s)')
    .option('--language <code>', 'language around the stories (default: the newsletter’s)')
    .option('--topics <themes>', 'themes that come first and are cut last, with commas between')
    .option('--mute <themes>', 'themes that are left out, with commas between')
    .option('--minutes <minutes>', 'most minutes of reading: 2, 4 or 8')
    .option('--look <look>', 'how the mail is dressed (default: the newsletter’s)');
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

interface EditFlags {
  readonly name?: string;
  readonly zone?: string;
  readonly language?: string;
  readonly topics?: string;
  readonly mute?: string;
  readonly minutes?: string;
  readonly look?: string;
}

interface AddFlags extends EditFlags {
  readonly consent?: string;
}

/** What was said, and nothing of what was not. */
function readWish(flags: AddFlags, address: string) {
  const { name, zone, language, consent, topics, mute: mutes, minutes, look } = flags;
  const said = Object.entries({ name, zone, language, consent, topics, mutes, minutes, look });
  return { address, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
}

async function edit(flags: GlobalFlags & EditFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { editSubscriber } = await import('../app/edit-subscriber.ts');
    const wish = readWish(flags, address);
    if (Object.keys(wish).length === 1) {
      throw new BriefingError(
        'invalid',
        'Nothing was said to change. Give at least one of --name, --zone, --language, --topics, --mute, --minutes, --look.',
      );
    }
    const { subscriber, subscription } = await editSubscriber(app, wish, flags.newsletter);
    const { name, zone, language } = subscriber;
    if (flags.json) printJson({ address, name, zone, language, ...subscription.preferences });
    else print(`${address} gets the next issue as you said.`);
  });
}

async function mute(
  flags: GlobalFlags & { readonly undo?: boolean },
  ...[address = '', issueName = '', named = '']: readonly string[]
): Promise<void> {
  await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { muteStory } = await import('../app/mute-story.ts');
    const issue = await findNamedIssue(app, issueName, flags.newsletter);
    const wanted = flags.undo ? 'told' : 'muted';
    const { story, preferences } = await muteStory(app, {
      ...issue,
      address,
      story: named,
      wanted,
    });
    if (flags.json)
      printJson({ address, story: story.id, headline: story.headline, ...preferences });
    else if (flags.undo) print(`${address} is told of “${story.headline}” again.`);
    else print(`${address} hears no more of “${story.headline}”.`);
  });
}

async function add(flags: GlobalFlags & AddFlags, address: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { addSubscriber } = await import('../app/add-subscriber.ts');
    const { consent } = flags;
    const result = await addSubscriber(app, readWish(flags, address), flags.newsletter);
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

async function exportFile(flags: GlobalFlags & { output?: string; all?: boolean }): Promise<void> {
  await withApp(flags, async (app) => {
    const { exportSubscribers } = await import('../app/export-subscribers.ts');
    const options = { newsletter: flags.newsletter, hasLeft: flags.all === true };
    const lines = Readable.from(exportSubscribers(app, options));
    if (flags.output === undefined) return await pipeline(lines, process.stdout, { end: false });
    // Addresses of readers: nobody else on the machine needs to read them.
    await pipeline(lines, createWriteStream(flags.output, { mode: 0o600 }));
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
