import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, runCommand } from './run-command.ts';

const WIRE = `Ferry line opens a night crossing between the two islands

The ferry line said the first night crossing would leave at ten and carry 300 cars.

Council votes for a library on the hill

The council of Overmoor voted 11 to 4 for a library on the hill, the mayor said.

Glacier survey finds a lake under the ice

A survey of the northern glacier found a lake 40 metres deep under the ice, researchers said.
`;

async function initProject(): Promise<string> {
  const folder = makeFolder();
  const { code } = await runCommand(folder, ['init', '--no-input', '--address', 'ada@example.org']);
  expect(code).toBe(0);
  return folder;
}

async function initMorning(): Promise<string> {
  const folder = await initProject();
  mkdirSync(join(folder, 'wires'));
  writeFileSync(join(folder, 'wires', 'page.txt'), WIRE);
  await runCommand(folder, ['feeds', 'add', 'wires']);
  await runCommand(folder, ['gather']);
  const { code } = await runCommand(folder, ['build']);
  expect(code).toBe(0);
  return folder;
}

/** One clear sentence: it begins with our name, is no stack trace, and says what to do. */
function expectSentence(stderr: string, pattern: RegExp): void {
  expect(stderr).toMatch(/^daybrief: /m);
  expect(stderr).toMatch(pattern);
  expect(stderr).not.toMatch(/\n\s+at /);
}

test('an unknown command, a missing argument and an unknown option end with 2', async () => {
  const folder = makeFolder();
  for (const args of [['nope'], ['render'], ['status', '--nope'], ['feeds', 'add']]) {
    expect((await runCommand(folder, args)).code, args.join(' ')).toBe(2);
  }
});

test('a day without a newsletter says how to write one', async () => {
  const { code, stderr } = await runCommand(makeFolder(), ['build']);
  expect(code).toBe(2);
  expectSentence(stderr, /daybrief init/);
});

test('init never overwrites what is there', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, '.env'), 'PORT=1\n');
  const { code, stderr } = await runCommand(folder, ['init', '--no-input']);
  expect(code).toBe(6);
  expectSentence(stderr, /\.env exists already/);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('PORT=1\n');
});

test('init names a wrong zone, address and time together and writes nothing', async () => {
  const folder = makeFolder();
  const args = ['init', '--no-input', '--zone', 'Mars/Base', '--address', 'ada', '--time', '7'];
  const { code, stderr } = await runCommand(folder, args);
  expect(code).toBe(2);
  expectSentence(stderr, /ada.*Mars\/Base.*"7"/s);
  expect((await runCommand(folder, ['init', '--no-input'])).code).toBe(0);
});

test('a wrong zone in daybrief.yaml is named with its place', async () => {
  const folder = await initProject();
  const file = join(folder, 'daybrief.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/zone: \S+/, 'zone: Mars/Base'));
  const { code, stderr } = await runCommand(folder, ['status']);
  expect(code).toBe(2);
  expectSentence(stderr, /newsletters\[1\]\.zone: .*Europe\/Berlin/);
});

test('broken YAML is one sentence with its line', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'daybrief.yaml'), 'port: 1\nhost: [\n');
  const { code, stderr } = await runCommand(folder, ['status']);
  expect(code).toBe(2);
  expectSentence(stderr, /not valid YAML.*line \d/);
});

test('wrong settings are refused together, and a secret is never shown', async () => {
  const env = { PORT: 'many', DAYBRIEF_SMTP_URL: 'ftp://user:hunter2hunter2@host' };
  const { code, stderr, stdout } = await runCommand(makeFolder(), ['status'], env);
  expect(code).toBe(2);
  expectSentence(stderr, /DAYBRIEF_SMTP_URL.*PORT/);
  expect(stderr + stdout).not.toContain('hunter2');
});

test('an empty day has nothing to publish and says so', async () => {
  const folder = await initProject();
  const { code, stdout } = await runCommand(folder, ['build']);
  expect(code).toBe(4);
  expect(stdout).toMatch(/quiet day: no story to publish/);
  expect((await runCommand(folder, ['send', 'today', '--hold', '0', '--confirm', '1'])).code).toBe(
    4,
  );
});

test('an invalid address is refused with the reason, and nobody is added', async () => {
  const folder = await initProject();
  const { code, stderr } = await runCommand(folder, ['subscribers', 'add', 'ben@@example.org, x']);
  expect(code).toBe(2);
  expectSentence(stderr, /is not an e-mail address.*Nobody was added/);
});

test('an import keeps the good lines and names each refused one', async () => {
  const folder = await initProject();
  const csv =
    'email,zone,consent\nben@example.org,Asia/Kathmandu,paper form\nnobody,,\ncleo@example.org,Mars/Base,web\n';
  writeFileSync(join(folder, 'readers.csv'), csv);
  const { code, stdout, stderr } = await runCommand(folder, [
    'subscribers',
    'import',
    'readers.csv',
  ]);
  expect(code).toBe(5);
  expect(stdout).toMatch(/1 added.*2 refused/);
  expect(stderr).toMatch(/line 3: .*\nline 4: .*Mars\/Base/);
});

test('sending without a yes sends nothing and says how to say yes', async () => {
  const folder = await initMorning();
  const { code, stderr } = await runCommand(folder, ['send', 'today', '--no-input']);
  expect(code).toBe(2);
  expectSentence(stderr, /1 reader would be mailed.*--confirm 1/);
  expect((await runCommand(folder, ['ledger', 'today'])).stdout).toBe('');
});

test('an audience that grew since the confirmation is a conflict', async () => {
  const folder = await initMorning();
  await runCommand(folder, ['subscribers', 'add', 'ben@example.org', '--consent', 'told me']);
  const { code, stderr } = await runCommand(folder, [
    'send',
    'today',
    '--hold',
    '0',
    '--confirm',
    '1',
  ]);
  expect(code).toBe(6);
  expectSentence(stderr, /2 would be mailed and 1 were confirmed/);
});

test('a missing mail server stops the send, loses nothing, and the same command goes on later', async () => {
  const folder = await initMorning();
  const away = { DAYBRIEF_SMTP_URL: 'smtp://127.0.0.1:1' };
  const failed = await runCommand(folder, ['send', 'today', '--hold', '0', '--confirm', '1'], away);
  expect(failed.code).toBe(1);
  expectSentence(failed.stderr, /127\.0\.0\.1:1 cannot be used.*1 reader still to mail/);
  const later = await runCommand(folder, [
    'send',
    'today',
    '--hold',
    '0',
    '--confirm',
    '1',
    '--json',
  ]);
  expect(later.code).toBe(0);
  expect(JSON.parse(later.stdout)).toMatchObject({ audience: 1, sent: 1, sentNow: 1, waiting: 0 });
});

test('no mail server at all is one sentence', async () => {
  const folder = await initMorning();
  writeFileSync(join(folder, '.env'), '');
  const { code, stderr } = await runCommand(folder, ['test', 'today', '--to', 'ben@example.org']);
  expect(code).toBe(1);
  expectSentence(stderr, /No mail server is set/);
});

test('a broken template names its file and line, and nothing is frozen', async () => {
  const folder = await initMorning();
  const templates = join(folder, 'templates');
  mkdirSync(templates);
  writeFileSync(join(templates, 'issue.mjml'), '<mjml><mj-body>\n<mj-oops></mj-body></mjml>');
  for (const file of ['issue.txt', 'issue.subject']) writeFileSync(join(templates, file), 'x');
  mkdirSync(join(templates, 'looks'));
  writeFileSync(join(templates, 'looks', 'broadsheet.json'), '{}');
  const env = { DAYBRIEF_TEMPLATES: templates };
  const { code, stderr } = await runCommand(
    folder,
    ['send', 'today', '--hold', '0', '--confirm', '1'],
    env,
  );
  expect(code).toBe(2);
  expectSentence(stderr, /issue\.mjml.*line 2/);
  expect((await runCommand(folder, ['status', 'today', '--json'])).stdout).toContain('"draft"');
});

test('a store held by another program is a conflict, one that is damaged is named', async () => {
  const folder = await initProject();
  await runCommand(folder, ['status']);
  const file = join(folder, 'data', 'daybrief.sqlite');
  const holder = new DatabaseSync(file);
  holder.exec('pragma locking_mode = exclusive; begin exclusive');
  const locked = await runCommand(folder, ['subscribers', 'add', 'ben@example.org']);
  holder.close();
  expect(locked.code).toBe(6);
  expectSentence(locked.stderr, /holds the store .* locked/);
  writeFileSync(file, 'this is not a database, but it is long enough to look at');
  const damaged = await runCommand(folder, ['status']);
  expect(damaged.code).toBe(1);
  expectSentence(damaged.stderr, /damaged or not a daybrief store/);
});

test('a read-only data folder is named', async () => {
  const folder = await initProject();
  // Root may write anywhere but to the kernel's own file system.
  const data = process.getuid?.() === 0 ? '/sys/daybrief' : join(folder, 'data');
  if (process.getuid?.() !== 0) mkdirSync(data, { mode: 0o555 });
  const { code, stderr } = await runCommand(folder, ['status', '--data', data]);
  expect(code).toBe(1);
  expectSentence(stderr, /cannot be (written|opened).*--data/);
});

test('a data folder that cannot be made is named', async () => {
  const folder = await initProject();
  writeFileSync(join(folder, 'data'), 'a file where a folder should be');
  const { code, stderr } = await runCommand(folder, ['status']);
  expect(code).toBe(1);
  expectSentence(stderr, /cannot be opened|cannot be written/);
});

test('a busy port is named with the way out', async () => {
  const folder = await initProject();
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  for (const args of [
    ['preview', '--no-open'],
    ['demo', '--once', '--data', join(folder, 'demo')],
  ]) {
    const { code, stderr } = await runCommand(folder, [...args, '--port', `${port}`]);
    expect(code, args.join(' ')).toBe(1);
    expectSentence(stderr, new RegExp(`${port}`));
  }
});

test('an unreachable and a malformed feed are named, and the rest is gathered', async () => {
  const folder = await initProject();
  mkdirSync(join(folder, 'wires'));
  writeFileSync(join(folder, 'wires', 'page.txt'), WIRE);
  await runCommand(folder, ['feeds', 'add', 'http://127.0.0.1:1/feed.xml']);
  await runCommand(folder, ['feeds', 'add', 'wires']);
  const { code, stdout } = await runCommand(folder, ['gather', '--json']);
  expect(code).toBe(5);
  const rows = JSON.parse(stdout) as { url: string; added: number; problem: string | null }[];
  expect(rows.find((row) => row.url.startsWith('file:'))).toMatchObject({
    added: 3,
    problem: null,
  });
  expect(rows.find((row) => row.url.startsWith('http:'))?.problem).toMatch(/127\.0\.0\.1/);
});

test('the demo never touches a folder that holds a real store', async () => {
  const folder = await initMorning();
  const args = ['demo', '--once', '--data', join(folder, 'data')];
  const { code, stderr } = await runCommand(folder, args);
  expect(code).toBe(6);
  expectSentence(stderr, /real store/);
});
