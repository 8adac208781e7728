import { expect, test } from 'vitest';
import { planQuota } from '../../src/app/plan-quota.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { checkIssue } from '../../src/app/check-issue.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import {
  DATE,
  fillSampleApp,
  listAsked,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
} from './sample-app.ts';

const READERS = ['ada', 'ben', 'cleo', 'dora', 'emil'];

async function openLimited(quota: string, script = {}, more = {}) {
  const server = await openMailServer(script);
  const sample = await openSampleApp({
    smtpUrl: server.url,
    settings: { smtp_quota: quota, ...more },
  });
  const newsletter = await fillSampleApp(sample.app, { readers: READERS });
  sample.setClock('06:30');
  await buildIssue(sample.app, NEWSLETTER, DATE);
  const send = async () =>
    await sendIssue(
      sample.app,
      { newsletter: NEWSLETTER, issue: await readIssue(sample.app), confirmed: 5 },
      { openTransport: () => openTransport(server.url), askedBy: 'manual' },
    );
  return { ...sample, newsletter, server, send };
}

test('What exceeds the hour waits, is not sent by asking again, and goes when the hour is over', async () => {
  const { app, server, send, setClock } = await openLimited('3/h');
  expect(await planQuota(app, 5)).toMatchObject({ now: 3, today: 5 });
  expect((await send()).sums).toMatchObject({ sent: 3, waiting: 2, failed: 0 });
  expect((await send()).sums).toMatchObject({ sent: 3, waiting: 2 });
  expect(await planQuota(app, 2)).toMatchObject({ now: 0, today: 2 });
  setClock('07:45');
  expect((await send()).sums).toMatchObject({ sent: 5, waiting: 0 });
  expect(listAsked(server)).toEqual(READERS);
});

test('A day is a day: what was sent in another hour still counts', async () => {
  const { send, setClock } = await openLimited('4/d');
  expect((await send()).sums).toMatchObject({ sent: 4, waiting: 1 });
  setClock('10:00');
  expect((await send()).sums).toMatchObject({ sent: 4, waiting: 1 });
});

test('What came back unsent is not counted', async () => {
  const { app, send } = await openLimited('5/d', { GREETING: '554 not now' });
  expect((await send()).problem).toMatch(/cannot be used/);
  expect(await planQuota(app, 5)).toMatchObject({ now: 5 });
});

test('A rate loses nobody, and without limits there is nothing to plan', async () => {
  const { app, send } = await openLimited('100/s');
  expect((await send()).sums).toMatchObject({ sent: 5, waiting: 0 });
  expect(new Set(Object.values(await readLedger(app)))).toEqual(new Set(['sent']));
  const { app: unlimited } = await openLimited('');
  expect(await planQuota(unlimited, 5)).toBeNull();
});

test('A new sender mails the oldest readers first, twice as many the next day, and says so before', async () => {
  const { app, server, send, setClock, newsletter } = await openLimited(
    '',
    {},
    { warm_up: '2 from 2026-03-09' },
  );
  await app.store.db
    .updateTable('subscriptions')
    .set({ created_at: '2026-03-01T00:00:00.000Z' })
    .where('subscriber_id', 'in', (select) =>
      select.selectFrom('subscribers').select('id').where('name', 'in', ['ben', 'emil']),
    )
    .execute();
  const findings = await checkIssue(app, newsletter, await readIssue(app));
  const words = findings.find(({ check }) => check === 'limits')?.message;
  expect(words).toContain('2 of 5 mails can go at once and 2 within 24 hours');
  expect((await send()).sums).toMatchObject({ sent: 2, waiting: 3 });
  expect(listAsked(server)).toEqual(['ben', 'emil']);
  setClock('2026-03-10T05:29:00.000Z');
  expect(await planQuota(app, 3)).toMatchObject({ now: 3 });
});
