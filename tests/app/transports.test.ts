import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { openMail } from '../../src/app/open-mail.ts';
import { planQuota } from '../../src/app/plan-quota.ts';
import { sendQueuedMail } from '../../src/app/send-queued-mail.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { openFailover } from '../../src/deliver/open-failover.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { queueOutboxMail } from '../../src/store/outbox.ts';
import { openPostOffice } from '../deliver/post-office.ts';
import { sampleMessage } from '../deliver/sample-message.ts';
import {
  DATE,
  fillSampleApp,
  listAsked,
  makeFolder,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
} from './sample-app.ts';

const READERS = Array.from({ length: 24 }, (_, i) => `reader${i}`);
const NOBODY = 'smtp://127.0.0.1:9';

test('Every reader is mailed once over one of them, and the attempts say over which', async () => {
  const [main, spare] = [await openPostOffice({ dotMs: 5 }), await openPostOffice({ dotMs: 5 })];
  const { send, app } = await openMorning({ main: main.url, spare: spare.url }, '    weight: 3\n');
  expect((await send()).sums).toMatchObject({ sent: 24, waiting: 0 });
  expect([...main.taken, ...spare.taken].toSorted()).toEqual(
    READERS.map((name) => `${name}@example.org`).toSorted(),
  );
  expect(main.taken.length).toBeGreaterThan(spare.taken.length);
  const attempts = await app.store.db.selectFrom('attempts').select('transport').execute();
  const over = (name: string) => attempts.filter(({ transport }) => transport === name).length;
  expect([over('main'), over('spare')]).toEqual([main.taken.length, spare.taken.length]);
});

test.each([
  ['cannot be reached', null, ''],
  ['takes nothing now', { GREETING: '421 4.3.2 too many connections' }, ''],
  ['refuses the log-in', { AUTH: '535 5.7.8 wrong' }, 'ada:pass-word@'],
])('One that %s is left alone, and the others go on without it', async (_, script, login) => {
  const broken = script ? (await openMailServer(script, ['AUTH PLAIN'])).url : NOBODY;
  const spare = await openPostOffice();
  const main = broken.replace('smtp://', `smtp://${login}`);
  const { send, events } = await openMorning({ main, spare: spare.url });
  const { state, sums, problem, faults } = await send();
  expect({ state, problem }).toEqual({ state: 'finished', problem: null });
  expect(sums).toMatchObject({ sent: 24, failed: 0, unknown: 0 });
  expect(faults).toEqual([expect.stringMatching(/^The mail server main cannot be used/)]);
  expect(new Set(spare.taken).size).toBe(spare.taken.length);
  const stopped = events.filter(({ event }) => event === 'transport.stopped');
  expect(stopped.map(({ fields }) => fields['transport'])).toEqual(['main']);
});

test('When none is left the run stops, fails nobody, and a person must look unless one may be back by itself', async () => {
  const refusing = await openMailServer({ AUTH: '535 5.7.8 wrong' }, ['AUTH PLAIN']);
  const url = refusing.url.replace('smtp://', 'smtp://ada:pass-word@');
  const both = await openMorning({ main: url, spare: url });
  const run = await both.send();
  expect(run).toMatchObject({ state: 'paused', sums: { waiting: 24, failed: 0 } });
  expect(run.problem).toMatch(/main cannot be used.*spare cannot be used/);
  const { send } = await openMorning({ main: url, spare: NOBODY });
  expect(await send()).toMatchObject({ state: 'sending', sums: { waiting: 24, failed: 0 } });
});

test('Who may have it from one is never mailed by another', async () => {
  const dropping = await openMailServer({ DOT: ['drop', '250 queued'] });
  const spare = await openPostOffice();
  const { send, app } = await openMorning({ main: dropping.url, spare: spare.url });
  expect((await send()).sums).toMatchObject({ sent: 23, unknown: 1, waiting: 0 });
  const ledger = await readLedger(app);
  const unknown = READERS.filter((name) => ledger[name] === 'unknown');
  expect(listAsked(dropping).filter((name) => unknown.includes(name))).toEqual(unknown);
  for (const name of unknown) expect(spare.taken).not.toContain(`${name}@example.org`);
});

test('Each keeps its own quota, and the plan adds them up', async () => {
  const [main, spare] = [await openPostOffice(), await openPostOffice()];
  const places = { main: main.url, spare: spare.url };
  const { send, app } = await openMorning(places, '    quota: 5/h\n', '    quota: 3/d\n');
  expect(await planQuota(app, 24)).toMatchObject({ now: 8, today: 24 });
  expect((await send()).sums).toMatchObject({ sent: 8, waiting: 16 });
  expect([main.taken.length, spare.taken.length]).toEqual([5, 3]);
  expect((await send()).sums).toMatchObject({ sent: 8 });
});

test('A letter goes over the next one too, and within the quota of each', async () => {
  const spare = await openPostOffice();
  const { app } = await openMorning({ main: NOBODY, spare: spare.url }, '', '    quota: 2/h\n');
  for (const subjectKey of ['first', 'second', 'third']) {
    const mail = { purpose: 'alert', subjectKey, message: sampleMessage(), now: app.now() };
    await queueOutboxMail(app.store, mail);
  }
  await sendQueuedMail(app);
  expect(spare.taken).toHaveLength(2);
  const rows = await app.store.db.selectFrom('outbox').select(['state', 'attempts']).execute();
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['queued', 'sent', 'sent']);
  expect(rows.map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
});

test('A single mail goes over the first that takes it, and none goes twice', async () => {
  const office = await openPostOffice();
  const dropping = await openMailServer({ DOT: 'drop' });
  const open = (url: string) => () => openTransport(url);
  const commit = () => Promise.resolve();
  const first = openFailover(open(NOBODY), [open(office.url)]);
  expect((await first.sendMessage(sampleMessage(), commit)).outcome).toBe('sent');
  const second = openFailover(open(dropping.url), [open(office.url)]);
  expect((await second.sendMessage(sampleMessage(), commit)).outcome).toBe('unknown');
  expect(office.taken).toHaveLength(1);
  await first.close();
  await second.close();
});

/** A draft of the day, and a daybrief.yaml with two transports whose addresses are in the environment. */
async function openMorning(places: { main: string; spare: string }, ...more: readonly string[]) {
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = makeFolder();
  const entries = Object.entries(places).map(([name, url], i) => {
    vi.stubEnv(`TEST_URL_${name.toUpperCase()}`, url);
    return `  - name: ${name}\n    url_from: TEST_URL_${name.toUpperCase()}\n${more[i] ?? ''}`;
  });
  writeFileSync(join(folder, 'daybrief.yaml'), `transports:\n${entries.join('')}`);
  const sample = await openSampleApp({ folder, settings: { smtp_connections: '4' } });
  await fillSampleApp(sample.app, { readers: READERS });
  await buildIssue(sample.app, NEWSLETTER, DATE);
  const { openTransport: openOne, routes } = await openMail(sample.app);
  const how = { openTransport: openOne, routes, askedBy: 'manual' } as const;
  const send = async () => {
    const issue = await readIssue(sample.app);
    return await sendIssue(sample.app, { newsletter: NEWSLETTER, issue, confirmed: 24 }, how);
  };
  return { ...sample, send };
}
