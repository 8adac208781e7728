import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { sampleMessage } from './sample-message.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function noop(): Promise<void> {}

test('Each message becomes one .eml file, and the same message again replaces it', async () => {
  const outbox = openTransport(pathToFileURL(join(folder, 'new', 'box')).href);
  const first = await outbox.sendMessage(sampleMessage(), noop);
  await outbox.sendMessage(sampleMessage(), noop);
  await outbox.sendMessage(sampleMessage({ messageId: '<2@example.org>' }), noop);
  expect(first).toMatchObject({ outcome: 'sent', stage: 'reply', code: null });
  const names = await readdir(join(folder, 'new', 'box'));
  expect(names).toHaveLength(2);
  for (const name of names) expect(name).toMatch(/^20260329T050000-[0-9a-f]{16}\.eml$/);
  const bodies = await Promise.all(names.map((name) => readFile(join(folder, 'new', 'box', name))));
  const expected = Buffer.from(await formatMessage(sampleMessage()));
  expect(bodies.some((body) => body.equals(expected))).toBe(true);
});

test('The file appears only after the hand-over is recorded', async () => {
  const outbox = openTransport(`file:${folder}`);
  let seen: string[] = [];
  await outbox.sendMessage(sampleMessage(), async () => {
    seen = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  });
  expect(seen).toEqual([]);
  expect(await readdir(folder)).toHaveLength(1);
});

test('When the hand-over cannot be recorded, nothing is left behind', async () => {
  const outbox = openTransport(`file:${folder}`);
  const result = await outbox.sendMessage(sampleMessage(), () =>
    Promise.reject(new Error('disk full')),
  );
  expect(result).toMatchObject({ outcome: 'deferred', stage: 'commit', code: null });
  expect(await readdir(folder)).toEqual([]);
});

test('An address that is not one address is refused', async () => {
  const outbox = openTransport(`file:${folder}`);
  const to = { name: '', address: 'ada@example.org, ben@example.org' };
  const result = await outbox.sendMessage(sampleMessage({ to }), noop);
  expect(result).toMatchObject({ outcome: 'refused', stage: 'rcpt' });
  expect(await readdir(folder)).toEqual([]);
});

test('A folder that cannot be is unavailable, without the hand-over', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  await chmod(file, 0o400);
  const outbox = openTransport(`file:${file}/below`);
  expect(await outbox.verify()).toMatchObject({ outcome: 'unavailable', stage: 'connect' });
  const result = await outbox.sendMessage(sampleMessage(), () =>
    Promise.reject(new Error('never asked')),
  );
  expect(result).toMatchObject({ outcome: 'unavailable', stage: 'connect' });
});
