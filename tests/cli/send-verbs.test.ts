import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, runCommand, startCommand } from './run-command.ts';

const WIRE = `Ferry line opens a night crossing between the two islands

The ferry line said the first night crossing would leave at ten and carry 300 cars.

Council votes for a library on the hill

The council of Overmoor voted 11 to 4 for a library on the hill, the mayor said.

Glacier survey finds a lake under the ice

A survey of the northern glacier found a lake 40 metres deep under the ice, researchers said.
`;

test('a send is held, pulled back from another terminal, and what is over cannot be changed', async () => {
  const { folder, run } = await buildMorning();
  const sending = startCommand(folder, ['send', 'today', '--hold', '600', '--confirm', '1']);
  await new Promise((resolve) => sending.stderr.once('data', resolve));
  expect((await run('status', 'today')).stdout).toMatch(/^sending, on hold until /);
  const cancelled = await run('cancel', 'today', '--json');
  expect(JSON.parse(cancelled.stdout)).toMatchObject({ state: 'cancelled', sent: 0, skipped: 1 });
  const code = await new Promise((resolve) => sending.once('close', resolve));
  expect(code).toBe(5);
  for (const verb of ['pause', 'resume']) {
    const { code: refused, stderr } = await run(verb, 'today');
    expect(refused).toBe(6);
    expect(stderr).toMatch(/is cancelled, so it cannot be/);
  }
});

test('a held draft is not sent until it is resumed; a retry of nothing sends nothing', async () => {
  const { run } = await buildMorning();
  expect((await run('pause', 'today')).stdout).toMatch(/^draft, held \(held by hand\)/);
  const refused = await run('send', 'today', '--hold', '0', '--confirm', '1');
  expect([refused.code, refused.stderr]).toEqual([6, expect.stringMatching(/daybrief resume/)]);
  expect((await run('resume', 'today')).code).toBe(0);
  expect((await run('send', 'today', '--hold', '0', '--confirm', '1', '--watch')).code).toBe(0);
  expect(JSON.parse((await run('retry', 'today', '--json')).stdout)).toMatchObject({ sentNow: 0 });
  expect((await run('retry', 'today', '--failed', '--unknown')).code).toBe(2);
  const correct = ['correct', 'today', '1', '--text', 'The crossing leaves at eleven.'];
  const unsure = await run(...correct);
  expect([unsure.code, unsure.stderr]).toEqual([2, expect.stringMatching(/--confirm 1/)]);
  expect(JSON.parse((await run(...correct, '--yes', '--json')).stdout)).toMatchObject({ sent: 1 });
  expect((await run(...correct, '--yes')).stdout).toMatch(
    /^This correction was made on .*mailed again/,
  );
  expect((await run('send', 'today', '--at', 'noon', '--confirm', '1')).code).toBe(2);
  expect((await run('resume')).code).toBe(2);
  const watched = await run('status', 'today', '--watch', '--json');
  expect(JSON.parse(watched.stdout.split('\n}')[0]!)).toMatchObject({ state: 'finished', sent: 1 });
});

test('a backup is restored, and nothing is sent until somebody looked', async () => {
  const { folder, run } = await buildMorning();
  const file = join(folder, 'copy.sqlite');
  expect((await run('backup', file)).code).toBe(0);
  expect((await run('restore', file)).stdout).toMatch(/daybrief resume --after-restore/);
  const refused = await run('send', 'today', '--hold', '0', '--confirm', '1');
  expect([refused.code, refused.stderr]).toEqual([6, expect.stringMatching(/--after-restore/)]);
  expect((await run('resume', '--after-restore')).code).toBe(0);
  expect((await run('send', 'today', '--hold', '0', '--confirm', '1')).code).toBe(0);
});

async function buildMorning() {
  const folder = makeFolder();
  const run = (...args: string[]) => runCommand(folder, args);
  await run('init', '--no-input', '--address', 'ada@example.org');
  mkdirSync(join(folder, 'wires'));
  writeFileSync(join(folder, 'wires', 'page.txt'), WIRE);
  await run('feeds', 'add', 'wires');
  await run('gather');
  expect((await run('build')).code).toBe(0);
  return { folder, run };
}
