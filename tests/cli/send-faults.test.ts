import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { closeApp } from '../../src/app/open-app.ts';
import {
  DATE,
  fillSampleApp,
  listAsked,
  makeFolder,
  openMailServer,
  openSampleApp,
} from '../app/sample-app.ts';
import { openFaultServer } from '../deliver/fault-server.ts';
import { EXPIRED } from '../deliver/self-signed.ts';
import { collect, runCommand, startCommand, type Finished } from './run-command.ts';

const READERS = Array.from({ length: 30 }, (_, i) => `reader${i}`);
const SEND = ['send', DATE, '--hold', '0', '--confirm', '30', '--data', '.'];
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED full and read-only disks: only root may make a disk');

test.skipIf(!isRoot)('A full disk stops the send: every mail that is out has its row', async () => {
  const server = await openMailServer();
  const folder = mountDisk();
  await makeDraft(READERS, folder);
  const { size } = statSync(join(folder, 'daybrief.sqlite'));
  remount(folder, `size=${size + 560 * 1_024}`);
  const stopped = await send(folder, server.url);
  expect(stopped.code).toBe(1);
  expectSentence(stopped, /The disk that holds .* is full\. Free some space and try again/);
  const { sent = 0, handing_over: doubtful = 0 } = readStates(folder);
  expect(server.messages.length).toBeLessThanOrEqual(sent + doubtful);
  expect(sent).toBeLessThan(30);
  remount(folder, 'size=16m,ro');
  const refused = await send(folder, server.url);
  expect(refused.code).toBe(1);
  expectSentence(refused, /The store .* cannot be written: .* read-only/);
  expect(listAsked(server).length).toBe(new Set(listAsked(server)).size);
});

test('A damaged store sends nothing and is named', async () => {
  const server = await openMailServer();
  const folder = await makeDraft();
  damageTable(folder, 'subscribers');
  const stopped = await send(folder, server.url);
  expect(stopped.code).toBe(1);
  expectSentence(stopped, /is damaged or not a daybrief store\. Put back your last backup/);
  expect(server.commands).toEqual([]);
});

test('A wrong password pauses the issue, fails nobody, and is told without itself', async () => {
  const server = await openFaultServer(
    { AUTH: '535 5.7.8 not accepted' },
    { extensions: ['AUTH PLAIN'] },
  );
  onTestFinished(() => server.close());
  const folder = await makeDraft();
  const stopped = await send(folder, server.url.replace('//', '//ada:hunter2@'));
  expect(stopped.code).toBe(1);
  expectSentence(stopped, /refused the log-in: 5\.7\.8 not accepted.*30 readers still to mail/);
  expect(stopped.stderr + stopped.stdout).not.toContain('hunter2');
  expect(readStates(folder)).toEqual({ queued: 30 });
  const again = await send(folder, server.url);
  expect([again.code, again.stderr]).toEqual([
    6,
    expect.stringMatching(/is paused.*daybrief resume/),
  ]);
  expect(server.messages).toEqual([]);
});

test('An expired certificate pauses the issue, and nothing is said to the server', async () => {
  const server = await openFaultServer({}, { extensions: ['STARTTLS'], certificate: EXPIRED });
  onTestFinished(() => server.close());
  const folder = await makeDraft();
  const trusted = join(folder, 'trusted.pem');
  writeFileSync(trusted, EXPIRED.cert);
  const stopped = await send(folder, server.url, { NODE_EXTRA_CA_CERTS: trusted });
  expect(stopped.code).toBe(1);
  expectSentence(stopped, /its TLS failed: its certificate has expired and must be renewed/);
  expect(readStates(folder)).toEqual({ queued: 30 });
  expect(server.commands.filter((line) => !/^(EHLO|STARTTLS)/.test(line))).toEqual([]);
});

test('A mail server whose name nobody knows is told with the setting to look at', async () => {
  const folder = await makeDraft();
  const stopped = await send(folder, 'smtp://mail.invalid:25');
  expect(stopped.code).toBe(1);
  expectSentence(
    stopped,
    /the name mail\.invalid (is not known|could not be looked up).*\. 30 readers still/,
  );
  expect(readStates(folder)).toEqual({ queued: 30 });
});

test('SIGTERM in the middle of a send finishes the mails under way, and the next run sends the rest', async () => {
  const server = await openMailServer({ DOT: { reply: '250 queued', afterMs: 40 } });
  const folder = await makeDraft();
  const sending = startCommand(folder, SEND, settings(server.url));
  const ended = collect(sending);
  await vi.waitFor(() => expect(server.messages.length).toBeGreaterThan(11), 20_000);
  sending.kill('SIGTERM');
  const stopped = await ended;
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toMatch(/^Stopped\. \d+ readers still to mail; the same command goes on/m);
  const { sent = 0, queued = 0, ...others } = readStates(folder);
  expect(others).toEqual({});
  expect([sent, sent + queued]).toEqual([server.messages.length, 30]);
  expect(queued).toBeGreaterThan(0);
  expect((await send(folder, server.url)).code).toBe(0);
  expect(listAsked(server)).toEqual(READERS.toSorted());
});

test('An issue nobody has subscribed to is finished, and says so', async () => {
  const server = await openMailServer();
  const { code, stdout } = await send(await makeDraft([]), server.url);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Nobody has subscribed yet/)]);
  expect(server.commands).toEqual([]);
});

test('Addresses and names that would add a recipient or a header add neither', async () => {
  const server = await openMailServer();
  const folder = await makeDraft([]);
  const evil = 'RCPT TO:<eve@example.com>';
  const csv = `email,name,zone,consent
ada@example.org,"Ada\r\nBcc: eve@example.com",,paper
"ben@example.org\r\n${evil}",,,paper
"ben@example.org, eve@example.com",,,paper
"ben@example.org> ORCPT=x",,,paper
cleo@example.org,,Mars/Base,paper
`;
  writeFileSync(join(folder, 'readers.csv'), csv);
  const imported = await runCommand(folder, [
    'subscribers',
    'import',
    'readers.csv',
    '--data',
    '.',
  ]);
  expect([imported.code, imported.stdout]).toEqual([
    5,
    expect.stringMatching(/1 added.*4 refused/),
  ]);
  expect((await send(folder, server.url)).code).toBe(0);
  expect(server.commands.filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<ada@example.org>',
  ]);
  expect(server.messages[0]).not.toMatch(/^Bcc/im);
});

/** A draft of the sample morning with its readers, in a store nobody has open. */
async function makeDraft(
  readers: readonly string[] = READERS,
  folder = makeFolder(),
): Promise<string> {
  const { app } = await openSampleApp({ folder });
  const newsletter = await fillSampleApp(app, { readers });
  await buildIssue(app, newsletter, DATE);
  await closeApp(app);
  return folder;
}

function settings(smtpUrl: string): Record<string, string> {
  return { DAYBRIEF_SMTP_URL: smtpUrl, DAYBRIEF_PUBLIC_URL: 'https://brief.example.org' };
}

function send(
  folder: string,
  smtpUrl: string,
  env: Record<string, string> = {},
): Promise<Finished> {
  return runCommand(folder, SEND, { ...settings(smtpUrl), ...env });
}

/** One clear sentence: it begins with our name, is no stack trace, and says what to do. */
function expectSentence({ stderr }: Finished, pattern: RegExp): void {
  expect(stderr).toMatch(/^daybrief: /m);
  expect(stderr).toMatch(pattern);
  expect(stderr).not.toMatch(/\n\s+at /);
}

/** How many rows of the ledger are in which state. */
function readStates(folder: string): Readonly<Record<string, number>> {
  const store = new DatabaseSync(join(folder, 'daybrief.sqlite'));
  const rows = store.prepare('select state, count(*) as n from deliveries group by state').all();
  store.close();
  return Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
}

/** Overwrites the first page of a table. */
function damageTable(folder: string, table: string): void {
  const file = join(folder, 'daybrief.sqlite');
  const store = new DatabaseSync(file);
  const page = store.prepare('select rootpage as n from sqlite_master where name = ?').get(table);
  store.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, (Number(page?.['n']) - 1) * 4_096, Number(page?.['n']) * 4_096);
  writeFileSync(file, bytes);
}

/** A small disk in memory, gone when the test ends. */
function mountDisk(): string {
  const folder = makeFolder();
  mount('-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder);
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

function remount(folder: string, how: string): void {
  mount('-o', `remount,${how}`, folder);
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args);
  expect(`${args.join(' ')}: ${status} ${String(stderr)}`).toMatch(/: 0 /);
}
