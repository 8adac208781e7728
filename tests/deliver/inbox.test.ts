import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { openInbox, type Inbox } from '../../src/deliver/open-inbox.ts';
import { openTransport, type Transport } from '../../src/deliver/open-transport.ts';
import { sampleMessage } from './sample-message.ts';

let folder: string;
let inbox: Inbox;
let transport: Transport;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  inbox = await openInbox({ folder });
  transport = openTransport(inbox.url);
});

afterEach(async () => {
  await transport.close();
  await inbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function noop(): Promise<void> {}

test('It keeps each message byte for byte, in order of arrival', async () => {
  const text = '.\n..\n.a line with a dot\n\nlast line without an end';
  const messages = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((i) =>
    sampleMessage({ text, messageId: `<${i}@example.org>` }),
  );
  for (const message of messages) await transport.sendMessage(message, noop);
  const names = (await readdir(folder)).sort();
  expect(inbox.count()).toBe(12);
  expect(names).toHaveLength(12);
  for (const [i, name] of names.entries()) {
    const kept = await readFile(join(folder, name));
    expect(kept.equals(Buffer.from(await formatMessage(messages[i]!)))).toBe(true);
  }
});

test('It takes addresses with letters of any alphabet', async () => {
  const to = { name: 'Zoë', address: 'zoë@bücher.example' };
  const result = await transport.sendMessage(sampleMessage({ to }), noop);
  expect(result).toMatchObject({ outcome: 'sent', code: 250 });
});

test('A message whose hand-over failed is not kept', async () => {
  const result = await transport.sendMessage(sampleMessage(), () =>
    Promise.reject(new Error('disk full')),
  );
  expect(result.outcome).toBe('deferred');
  await transport.sendMessage(sampleMessage({ messageId: '<2@example.org>' }), noop);
  expect(inbox.count()).toBe(1);
  expect(await readdir(folder)).toHaveLength(1);
});

test('Opened again it goes on counting where the files end', async () => {
  await transport.sendMessage(sampleMessage(), noop);
  await writeFile(join(folder, '000041-note.eml'), '');
  const again = await openInbox({ folder });
  const other = openTransport(again.url);
  await other.sendMessage(sampleMessage(), noop);
  await other.close();
  await again.close();
  expect((await readdir(folder)).some((name) => name.startsWith('000042-'))).toBe(true);
  expect(again.count()).toBe(1);
});

test('A message over 10 MB is refused and not kept, whether or not its size was announced', async () => {
  const html = 'x'.repeat(11 * 1024 * 1024);
  expect(await transport.sendMessage(sampleMessage({ html }), noop)).toMatchObject({
    outcome: 'refused',
    stage: 'mail',
  });
  const port = Number(new URL(inbox.url).port);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  socket.write('HELO me\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n');
  socket.write(`${'x'.repeat(998)}\r\n`.repeat(11_000));
  socket.write('.\r\nQUIT\r\n');
  let replies = '';
  socket.on('data', (chunk) => (replies += chunk.toString()));
  await once(socket, 'close');
  expect(replies).toMatch(/^552 /m);
  expect(inbox.count()).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('Senders that break off in the middle of a message leave no trace', async () => {
  const port = Number(new URL(inbox.url).port);
  for (let i = 0; i < 3; i += 1) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'data');
    socket.write('HELO me\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nhalf');
    let replies = '';
    while (!replies.includes('354')) replies += String(await once(socket, 'data'));
    socket.resetAndDestroy();
    await once(socket, 'close');
  }
  expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
  expect(await readdir(folder)).toHaveLength(1);
});

test('A busy port is told with what to do about it', async () => {
  const port = Number(new URL(inbox.url).port);
  await expect(openInbox({ folder, port })).rejects.toMatchObject({
    name: 'BriefingError',
    code: 'unavailable',
    message: expect.stringMatching(/EADDRINUSE.*choose another port/) as string,
  });
});

test('A folder that cannot be is told with what to do about it', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  await expect(openInbox({ folder: join(file, 'below') })).rejects.toMatchObject({
    name: 'BriefingError',
    code: 'unavailable',
  });
});
