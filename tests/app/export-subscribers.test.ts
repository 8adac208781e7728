import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  addSubscriber,
  importSubscribers,
  removeSubscriber,
} from '../../src/app/add-subscriber.ts';
import type { App } from '../../src/app/app.ts';
import { exportSubscribers } from '../../src/app/export-subscribers.ts';
import { listSubscribers } from '../../src/app/look-up-subscriber.ts';
import { fillSampleApp, openSampleApp } from './sample-app.ts';

async function openFilledApp(readers: readonly string[]): Promise<App> {
  const { app } = await openSampleApp();
  await fillSampleApp(app, { readers });
  return app;
}

const writeAll = async (app: App, hasLeft = false) =>
  await text(Readable.from(exportSubscribers(app, { hasLeft })));

test('What is exported and imported elsewhere is the same, whatever names and consents contain', async () => {
  const app = await openFilledApp([]);
  const name = '=HYPERLINK("http://example.org";"Ada, ""the first""")';
  const consent = '+ said "yes",\n at the fair';
  await addSubscriber(app, { address: 'ada@example.org', name, consent, topics: 'world' });
  await addSubscriber(app, { address: '-ben@example.org', zone: 'Asia/Kathmandu', minutes: '4' });
  const csv = await writeAll(app);
  const elsewhere = await openFilledApp([]);
  const imported = await importSubscribers(elsewhere, Readable.from([csv]));
  expect(imported).toMatchObject({ added: 2, refused: [] });
  expect(await listSubscribers(elsewhere)).toEqual(await listSubscribers(app));
  expect(csv).not.toMatch(/(^|,|\n)"?[=+\-@]/);
});

test('Who left is not in it, or is refused by an import; who is pending stays so', async () => {
  const app = await openFilledApp(['ada', 'ben', 'cleo']);
  await removeSubscriber(app, 'cleo@example.org');
  await app.store.db
    .updateTable('subscriptions')
    .set({ state: 'pending' })
    .where('subscriber_id', 'in', (from) =>
      from.selectFrom('subscribers').select('id').where('address', '=', 'ben@example.org'),
    )
    .execute();
  expect(await writeAll(app)).not.toContain('cleo@');
  const elsewhere = await openFilledApp([]);
  const imported = await importSubscribers(elsewhere, Readable.from([await writeAll(app, true)]));
  expect(imported).toMatchObject({
    added: 2,
    refused: [{ line: 4, reason: 'this person has unsubscribed.' }],
  });
  const listed = await listSubscribers(elsewhere);
  expect(listed.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'ada active',
    'ben pending',
  ]);
});

test('Every reader is in it once, however many pages that takes', async () => {
  const readers = Array.from({ length: 2_001 }, (_, index) => `reader${index}`);
  const app = await openFilledApp(readers);
  const lines = (await writeAll(app)).trim().split('\r\n').slice(1);
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(2_001);
  expect(lines).toHaveLength(2_001);
});
