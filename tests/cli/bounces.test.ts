import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openImapServer } from '../deliver/imap-server.ts';
import { SELF_SIGNED } from '../deliver/self-signed.ts';
import { makeProject } from './make-project.ts';
import { pipeCommand, runCommand } from './run-command.ts';

function readSample(name: string): string {
  return readFileSync(
    join(import.meta.dirname, '..', 'fixtures', 'bounces', `${name}.eml`),
    'utf8',
  );
}

function pipe(folder: string, text: string, args: readonly string[] = []) {
  return pipeCommand(folder, ['bounce', ...args], text);
}

describe('daybrief bounce', () => {
  test('says what a mail is, and ends with 0 though it is not believed: a failure would bounce again', async () => {
    const folder = makeProject();
    const { code, stdout } = await pipe(folder, readSample('exim-rcpt-550'));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'ada@example.net: hard (no-mailbox, 5.1.1)\nbounce, not believed. Nothing was changed: it names no message that was sent from here.\n',
    });
    const json = await pipe(folder, readSample('postfix-mailbox-full'), ['--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: 'not_believed',
      kind: 'bounce',
      recipients: [{ address: 'ada@example.net', class: 'soft', status: '5.2.2' }],
    });
  });

  test('refuses an empty message', async () => {
    const { code, stderr } = await pipe(makeProject(), '\n');
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no message/);
  });
});

describe('daybrief suppressions', () => {
  test('adds, lists and, with a yes, removes', async () => {
    const folder = makeProject();
    const run = (...args: string[]) => runCommand(folder, ['suppressions', ...args]);
    expect((await run('add', 'Ada@example.org', '--note', 'asked by phone')).code).toBe(0);
    expect((await run('list')).stdout).toMatch(/^ada@example.org +manual .*asked by phone$/m);
    expect(await run('remove', 'ada@example.org')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--confirm/) as unknown,
    });
    expect((await run('remove', 'ada@example.org', '--confirm')).code).toBe(0);
    expect((await run('list')).stdout).toBe('No address is suppressed.\n');
    expect((await run('remove', 'ada@example.org', '--confirm')).code).toBe(2);
    expect((await run('add', 'no address')).code).toBe(2);
  });
});

describe('daybrief subscribers show', () => {
  test('answers why, and tells what happened', async () => {
    const folder = makeProject();
    const run = (...args: string[]) => runCommand(folder, args);
    await run('subscribers', 'add', 'ada@example.org', '--consent', 'asked for it at the fair');
    await run('suppressions', 'add', 'ada@example.org');
    const { stdout } = await run('subscribers', 'show', 'ada@example.org');
    expect(stdout).toMatch(
      /^Nothing is mailed to this address, because an editor said so\. .*remove ada@example\.org\n/,
    );
    expect(stdout).toContain('Agreed to get harbour: asked for it at the fair.');
    const shown = await run('subscribers', 'show', 'ada@example.org', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      address: 'ada@example.org',
      subscriptions: [{ newsletter: 'harbour', state: 'active' }],
      suppression: { reason: 'manual' },
      deliveries: [],
      bounces: [],
    });
  });
});

describe('daybrief run', () => {
  test('reads the bounce mailbox once a mail, seen by somebody or not', async () => {
    const source = readSample('qmail-no-mailbox').replaceAll('\n', '\r\n');
    const mails = [{ uid: 1, isSeen: true, source }];
    const server = await openImapServer({ validity: 1, mails });
    onTestFinished(() => server.close());
    const folder = makeProject();
    writeFileSync(join(folder, 'ca.pem'), SELF_SIGNED.cert);
    const settings = {
      DAYBRIEF_BOUNCE_MAILBOX: `imaps://ada@${server.host}/News`,
      DAYBRIEF_BOUNCE_PASSWORD: 'secret',
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    };
    const first = await runCommand(folder, ['run', '--once'], settings);
    expect(first.stdout + first.stderr).toContain('"bounce.not_believed"');
    const second = await runCommand(folder, ['run', '--once'], settings);
    expect(second.stdout + second.stderr).not.toContain('bounce.not_believed');
    const wrong = { ...settings, DAYBRIEF_BOUNCE_PASSWORD: 'wrong' };
    const third = await runCommand(folder, ['run', '--once'], wrong);
    expect(third.code).toBe(0);
    expect(third.stdout + third.stderr).toMatch(/DAYBRIEF_BOUNCE_PASSWORD.*bounces.not_read/);
  });
});
