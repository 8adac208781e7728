import { describe, expect, test } from 'vitest';
import { buildDueIssues, freezeDueIssues } from '../../src/app/run-due-work.ts';
import { runOnce } from '../../src/scheduler.ts';
import { listIssues } from '../../src/store/issues.ts';
import type { App } from '../../src/app/app.ts';
import {
  addArticles,
  fillSampleApp,
  listMailed,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
} from './sample-app.ts';

const OWN = { newsletter: { readerTime: 'own' as const } };

describe('readers in their own zones', () => {
  test('get the issue at seven of their own clock, each once', async () => {
    const { app, at, server } = await openOwn();
    await moveTo(app, 'ada', 'Asia/Tokyo');
    await moveTo(app, 'ben', 'America/New_York');
    for (const time of ['05:30', '06:30', '06:59']) await at(time);
    expect(listMailed(server)).toEqual([]);
    await at('07:00');
    expect(listMailed(server)).toEqual(['cleo']);
    await at('2026-03-09T10:59:00.000Z');
    expect(listMailed(server)).toEqual(['cleo']);
    await at('2026-03-09T11:00:00.000Z');
    expect(listMailed(server)).toEqual(['ben', 'cleo']);
    await at('2026-03-09T22:00:00.000Z');
    expect(listMailed(server)).toEqual(['ada', 'ben', 'cleo']);
    const issue = await readIssue(app);
    expect(issue.state).toBe('finished');
    const dates = await app.store.db.selectFrom('deliveries').select('local_date').execute();
    expect(dates.map(({ local_date }) => local_date).toSorted()).toEqual([
      '2026-03-09',
      '2026-03-09',
      '2026-03-10',
    ]);
  });

  test('who slept through it get it late, but not after their own deadline', async () => {
    const { app, at, server } = await openOwn();
    await moveTo(app, 'ben', 'America/New_York');
    for (const time of ['05:30', '06:30']) await at(time);
    await at('2026-03-09T14:00:00.000Z');
    expect(listMailed(server)).toEqual(['ben']);
    expect(await readLedger(app)).toEqual({ ada: 'skipped', ben: 'sent', cleo: 'skipped' });
  });

  test('get the newer of two issues that wait for the same slot', async () => {
    const { app, at, setClock, server } = await openOwn();
    await moveTo(app, 'ada', 'Asia/Tokyo');
    for (const time of ['05:30', '06:30', '07:00']) await at(time);
    await addArticles(app, 'morning', [5]);
    // A day on which the sender slept: tomorrow's issue is frozen before Tokyo's slot was used.
    setClock('2026-03-10T05:30:00.000Z');
    await app.store.db
      .updateTable('deliveries')
      .set({ local_date: '2026-03-11', not_before: '2026-03-10T22:00:00.000Z' })
      .where('state', '=', 'queued')
      .execute();
    await buildDueIssues(app);
    await freezeDueIssues(app);
    expect(await readLedger(app)).toMatchObject({ ada: 'skipped' });
    await at('2026-03-10T22:00:00.000Z');
    expect(listMailed(server).filter((name) => name === 'ada')).toEqual(['ada']);
    expect(await readLedger(app, '2026-03-10')).toMatchObject({ ada: 'sent' });
  });

  test('who rest on a weekday are skipped by name', async () => {
    const { app, at } = await openOwn();
    await app.store.db
      .updateTable('subscriptions')
      .set({ weekdays: '[6,7]' })
      .where('id', 'in', (select) =>
        select
          .selectFrom('subscribers')
          .innerJoin('subscriptions', 'subscriber_id', 'subscribers.id')
          .select('subscriptions.id')
          .where('address', '=', 'ada@example.org'),
      )
      .execute();
    for (const time of ['05:30', '06:30', '07:00']) await at(time);
    expect(await readLedger(app)).toEqual({ ada: 'skipped', ben: 'sent', cleo: 'sent' });
  });
});

describe('a clock', () => {
  test('that jumps a day back in the middle of a send delays, and mails nobody twice', async () => {
    const { at, server } = await openOwn({});
    for (const time of ['05:30', '06:30', '07:00']) await at(time);
    await at('2026-03-08T06:00:00.000Z');
    await at('07:01');
    expect(listMailed(server)).toEqual(['ada', 'ben', 'cleo']);
  });

  test('that jumps a day ahead before the slot skips the issue with its reason', async () => {
    const { app, at, server } = await openOwn({});
    for (const time of ['05:30', '06:30']) await at(time);
    await at('2026-03-10T05:45:00.000Z');
    expect(await readIssue(app)).toMatchObject({ state: 'cancelled' });
    await at('06:45');
    await at('07:00');
    expect(listMailed(server)).toEqual([]);
  });
});

test('a holiday has no issue', async () => {
  const { app, at } = await openOwn({ newsletter: { holidays: ['03-09'] } });
  for (const time of ['05:30', '06:30', '07:00']) await at(time);
  expect((await listIssues(app.store)).map(({ date }) => date)).not.toContain('2026-03-09');
});

async function openOwn(options: Parameters<typeof fillSampleApp>[1] = OWN) {
  const server = await openMailServer();
  const sample = await openSampleApp({ smtpUrl: server.url, settings: { smtp_connections: '1' } });
  await fillSampleApp(sample.app, options);
  const at = async (time: string): Promise<void> => {
    sample.setClock(time);
    await runOnce(sample.app);
  };
  return { ...sample, server, at };
}

async function moveTo(app: App, name: string, zone: string): Promise<void> {
  const change = app.store.db.updateTable('subscribers').set({ zone });
  await change.where('address', '=', `${name}@example.org`).execute();
}
