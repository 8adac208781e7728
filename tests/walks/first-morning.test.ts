import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import type { LedgerRow } from '../../src/store/ledger.ts';
import { openSeedServer } from '../../src/web/open-seed-server.ts';
import { makeFolder, runCommand, type Finished } from '../cli/run-command.ts';

const MORNING = new URL('../../seeds/morning', import.meta.url).pathname;
const FEEDS = [
  'harbour-times.xml',
  'meridian-post.xml',
  'ward-round.xml',
  'touchline-and-stage.json',
  'lowmere-argus.xml',
];

function parseLines<Row>(text: string): readonly Row[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

async function openMorning() {
  const folder = makeFolder();
  const seeds = await openSeedServer({ folder: MORNING, now: new Date().toISOString() });
  onTestFinished(() => seeds.close());
  const env = { DAYBRIEF_FETCH_ALLOW: seeds.hostPort };
  const run = async (...args: string[]): Promise<Finished> => await runCommand(folder, args, env);
  const good = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    expect(`${args.join(' ')}: ${code} ${stderr}`).toMatch(/: 0 /);
    return stdout;
  };
  return { folder, seeds, run, good };
}

test('a new user adds five feeds and two wire texts, looks, tests, sends, and nobody gets a second copy', async () => {
  const { folder, seeds, run, good } = await openMorning();
  await good('init', '--no-input', '--address', 'ada@example.org', '--name', 'Ada’s Brief');
  for (const feed of FEEDS) await good('feeds', 'add', `${seeds.origin}/${feed}`);
  await good('feeds', 'add', join(MORNING, 'wires'), '--outlet', 'Lantern Wire');
  await good(
    'subscribers',
    'add',
    'ben@example.org',
    '--consent',
    'told me so',
    '--language',
    'de',
  );
  await good('subscribers', 'add', 'cleo@example.org');

  await good('gather');
  const built = JSON.parse(await good('build', '--json')) as { state: string; stories: number };
  expect(built).toMatchObject({ state: 'draft' });
  expect(built.stories).toBeGreaterThan(15);
  await good('check', 'today');
  const text = await good('render', 'today', '--format', 'text');
  expect(text).toContain('Ada’s Brief');
  await good('test', 'today', '--to', 'proof@example.org');
  expect(await good('send', 'today', '--dry-run')).toMatch(/2 of 2 readers would be mailed/);
  expect((await run('send', 'today')).code).toBe(2);

  const sent = JSON.parse(
    await good('send', 'today', '--hold', '0', '--confirm', '2', '--json'),
  ) as object;
  // Ben is no own address, and there is no public one: he is skipped, by name.
  expect(sent).toMatchObject({
    audience: 2,
    sent: 1,
    skipped: 1,
    failed: 0,
    unknown: 0,
    waiting: 0,
  });
  const again = JSON.parse(
    await good('send', 'today', '--hold', '0', '--confirm', '2', '--json'),
  ) as object;
  expect(again).toMatchObject({ audience: 2, sent: 1, sentNow: 0 });

  const rows = parseLines<LedgerRow>(await good('ledger', 'today'));
  expect(rows.map(({ subscriber, state }) => [subscriber, state])).toEqual([
    ['ada@example.org', 'sent'],
    ['ben@example.org', 'skipped'],
  ]);
  expect(await good('subscribers', 'show', 'ben@example.org')).toMatch(/only own addresses/);
  expect(await good('status')).toMatch(/next issue \d{4}-\d\d-\d\d, sent at 07:00/);
  await good('backup', 'copy.sqlite');

  const inbox = readdirSync(join(folder, 'data', 'inbox')).sort();
  const mails = await Promise.all(
    inbox.map((file) => simpleParser(readFileSync(join(folder, 'data', 'inbox', file)))),
  );
  expect(mails.map(({ to }) => (Array.isArray(to) ? '' : to?.text))).toEqual([
    'proof@example.org',
    'ada@example.org',
  ]);
  expect(mails[1]?.messageId).toBe(rows[0]?.messageId);
  expect(mails[0]?.subject).toBe(`[Test] ${mails[1]?.subject}`);
});

test('the demo sends everybody one copy, and the second run sends nobody another', async () => {
  const folder = makeFolder();
  const args = ['demo', '--once', '--json', '--data', 'morning'];
  const first = await runCommand(folder, args);
  expect(`${first.code} ${first.stderr}`).toMatch(/^0 /);
  const numbers = JSON.parse(first.stdout) as Record<string, number>;
  expect(numbers).toMatchObject({ audience: 25, sent: 25, failed: 0, skipped: 0, unknown: 0 });

  const second = await runCommand(folder, args);
  expect(second.code).toBe(0);
  expect(JSON.parse(second.stdout)).toMatchObject({ audience: 25, sent: 0, skipped: 25 });
  expect(
    (
      await runCommand(
        folder,
        args.filter((arg) => arg !== '--json'),
      )
    ).stdout,
  ).toMatch(/Nobody was mailed/);

  const ledger = await runCommand(folder, ['ledger', 'today', '--data', 'morning']);
  const rows = parseLines<LedgerRow>(ledger.stdout);
  expect(new Set(rows.map((row) => row.subscriber)).size).toBe(25);
  expect(rows.every((row) => row.state === 'sent' && row.attempts === 1)).toBe(true);
  expect(readdirSync(join(folder, 'morning', 'inbox'))).toHaveLength(25);
});

test('a mail of the demo can be unsubscribed from, and its headers say how', async () => {
  const folder = makeFolder();
  await runCommand(folder, ['demo', '--once', '--json', '--data', 'morning']);
  const inbox = join(folder, 'morning', 'inbox');
  const [file = ''] = readdirSync(inbox);
  const mail = await simpleParser(readFileSync(join(inbox, file)));
  const list = mail.headers.get('list') as Record<string, { url?: string; name?: string }>;
  expect(list['unsubscribe']?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/unsubscribe\//);
  expect(mail.headers.get('list-unsubscribe-post') ?? list['unsubscribe-post']?.name).toMatch(
    /One-Click/,
  );
  expect(mail.text).toContain('/unsubscribe/');
});
