import { describe, expect, test, vi } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { findLeavingReader, unsubscribe } from '../../src/app/unsubscribe.ts';
import { resumeIssue } from '../../src/app/pause-send.ts';
import { planSend, sendIssue } from '../../src/app/send-issue.ts';
import { runOnce } from '../../src/scheduler.ts';
import type { App } from '../../src/app/app.ts';
import { listIssueStories, type Issue } from '../../src/domain/issue.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { sumDeliveries } from '../../src/store/ledger.ts';
import { listReaders, endSubscription } from '../../src/store/subscribers.ts';
import { listSuppressions, saveSuppression } from '../../src/store/suppressions.ts';
import type { FaultServer } from '../deliver/fault-server.ts';
import {
  addArticles,
  addReaders,
  DATE,
  fillSampleApp,
  listAsked,
  listMailed,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
  sendTo,
} from './sample-app.ts';

const EVERYONE = ['ada', 'ben', 'cleo'];
const TAKEN = '250 recipient ok';
const MANY = Array.from({ length: 25 }, (_, i) => `reader${i}`);

describe('building an issue', () => {
  test('twice gives the same issue, and a frozen one is only looked up', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    const first = await buildIssue(app, NEWSLETTER, DATE);
    expect(first).toMatchObject({ isFresh: true, issue: { state: 'draft' } });
    setClock('06:00');
    const again = await buildIssue(app, NEWSLETTER, DATE);
    expect(again.issue.id).toBe(first.issue.id);
    expect(listHeadlines(again.issue)).toEqual(listHeadlines(first.issue));
    await freeze(app, again.issue);
    await addArticles(app, 'morning', [5]);
    const frozen = await buildIssue(app, NEWSLETTER, DATE);
    expect(frozen.isFresh).toBe(false);
    expect(frozen.issue).toMatchObject({ state: 'frozen', document: again.issue.document });
  });

  test('from too little makes a skipped day that says why', async () => {
    const { app } = await openSampleApp();
    const newsletter = await fillSampleApp(app, { newsletter: { minimumStories: 6 } });
    const { issue } = await buildIssue(app, newsletter, DATE);
    expect(issue).toMatchObject({
      state: 'skipped',
      reason: 'quiet day: only 5 of at least 6 stories to publish',
    });
  });

  test('leaves out what another language or an unwanted word marks', async () => {
    const { app } = await openSampleApp();
    await fillSampleApp(app);
    await app.store.db
      .updateTable('newsletter_feeds')
      .set({ excluded_words: '["ORCHARD"]' })
      .execute();
    await app.store.db
      .updateTable('articles')
      .set({ language: 'de' })
      .where('title', 'like', 'Museum%')
      .execute();
    const { issue } = await buildIssue(app, NEWSLETTER, DATE);
    expect(issue.document.counts.stories).toBe(3);
    expect(JSON.stringify(issue.document)).not.toMatch(/Orchard|Museum/);
  });

  test('for tomorrow tells nothing that today’s frozen issue told', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    setClock('06:30');
    await freeze(app, (await buildIssue(app, NEWSLETTER, DATE)).issue);
    await addArticles(app, 'morning', [5]);
    setClock('2026-03-10T04:30:00.000Z');
    const { issue } = await buildIssue(app, NEWSLETTER, '2026-03-10');
    expect(issue.document.counts.stories).toBe(1);
    expect(issue.document.lead?.headline).toMatch(/chess/i);
  });
});

describe('freezing an issue', () => {
  test('gives the same hash for the same content, and keeps the templates', async () => {
    const { app } = await openSampleApp();
    await fillSampleApp(app);
    const frozen = await freeze(app, (await buildIssue(app, NEWSLETTER, DATE)).issue);
    expect(frozen).toMatchObject({
      state: 'frozen',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    const again = await freeze(app, frozen);
    expect(again.contentHash).toBe(frozen.contentHash);
    expect(await sumDeliveries(app.store, frozen.id)).toMatchObject({ audience: 3, waiting: 3 });
  });

  test('refuses a draft that was rebuilt since it was looked at', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    const seen = (await buildIssue(app, NEWSLETTER, DATE)).issue;
    setClock('06:00');
    await buildIssue(app, NEWSLETTER, DATE);
    await expect(freeze(app, seen)).rejects.toMatchObject({ code: 'conflict' });
    expect((await readIssue(app)).state).toBe('draft');
  });

  test('refuses what fails preflight, with exit code 3 and what to do', async () => {
    const { app } = await openSampleApp();
    await fillSampleApp(app);
    const draft = (await buildIssue(app, NEWSLETTER, DATE)).issue;
    const refused = freezeIssue(
      app,
      { newsletter: { ...NEWSLETTER, minimumStories: 50 }, issue: draft },
      planSendNow(NEWSLETTER, app.now()),
    );
    await expect(refused).rejects.toMatchObject({ code: 'conflict', exitCode: 3 });
    expect((await readIssue(app)).state).toBe('draft');
  });
});

describe('sending by hand', () => {
  test('reaches everyone once; sending again reaches nobody', async () => {
    const { app, server, issue } = await openDraft();
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    expect(run).toMatchObject({ sentNow: 3, problem: null, sums: { audience: 3, sent: 3 } });
    const finished = { newsletter: NEWSLETTER, issue: await readIssue(app) };
    const again = await sendIssue(app, { ...finished, confirmed: 0 }, sendTo(server));
    expect(again).toMatchObject({ sentNow: 0, sums: { sent: 3 } });
    expect(listMailed(server)).toEqual(EVERYONE);
  });

  test('keeps the same Message-ID for the same reader, and gives each their own', async () => {
    const { app, server, issue } = await openDraft();
    await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    const ids = server.messages.map((message) => /^Message-ID: (<.+>)/im.exec(message)?.[1]);
    const rows = await app.store.db.selectFrom('deliveries').select('message_id').execute();
    expect(ids.toSorted()).toEqual(rows.map((row) => row.message_id).toSorted());
    expect(new Set(ids).size).toBe(3);
  });

  test('mails nobody who was suppressed while their message was on its way', async () => {
    const server = await openMailServer({ DATA: { reply: '354 go ahead', afterMs: 300 } });
    const { app } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    const { issue } = await buildIssue(app, NEWSLETTER, DATE);
    const target = { newsletter: NEWSLETTER, issue, confirmed: 3 };
    const run = sendIssue(app, target, sendTo(server));
    await vi.waitFor(() => expect(listAsked(server)).toContain('ada'), 5_000);
    const address = 'ada@example.org';
    const suppression = { address, reason: 'complaint', note: null, createdAt: app.now() } as const;
    await saveSuppression(app.store, suppression);
    expect((await run).sums).toMatchObject({ sent: 2, skipped: 1, waiting: 0 });
    expect(server.messages.join('')).not.toContain(`To: ada <${address}>`);
    expect(await readLedger(app)).toMatchObject({ ada: 'skipped' });
    expect(await app.store.db.selectFrom('attempts').selectAll().execute()).toHaveLength(2);
  });

  test('is refused when more would be mailed than were confirmed', async () => {
    const { app, server, issue } = await openDraft();
    await addReaders(app, ['dora']);
    expect(await planSend(app, issue.issue)).toMatchObject({ audience: 4, waiting: 4 });
    const refused = sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    expect(server.connections()).toBe(0);
    expect((await readIssue(app)).state).toBe('draft');
  });

  test('goes on where a signal stopped it, and nobody gets two', async () => {
    const { app, server, issue } = await openDraft(MANY);
    const stop = new AbortController();
    const options = {
      ...sendTo(server),
      signal: stop.signal,
      onProgress: (sent: number) => void (sent === 7 && stop.abort()),
    };
    const first = await sendIssue(app, { ...issue, confirmed: 25 }, options);
    expect(first.sums.sent).toBeGreaterThanOrEqual(7);
    expect(first.sums.sent + first.sums.waiting).toBe(25);
    expect(first.sums.waiting).toBeGreaterThan(0);
    const rest = { newsletter: NEWSLETTER, issue: await readIssue(app) };
    await sendIssue(app, { ...rest, confirmed: 25 }, sendTo(server));
    expect(listAsked(server)).toEqual(MANY.toSorted());
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('twice at the same moment reaches everyone once', async () => {
    const { app, server, issue } = await openDraft(MANY);
    const send = () => sendIssue(app, { ...issue, confirmed: 25 }, sendTo(server));
    const results = await Promise.allSettled([send(), send()]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(listAsked(server)).toEqual(MANY.toSorted());
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('of an issue to nobody finishes it', async () => {
    const { app, server, issue } = await openDraft([]);
    const run = await sendIssue(app, { ...issue, confirmed: 0 }, sendTo(server));
    expect(run).toMatchObject({ sentNow: 0, problem: null, sums: { audience: 0 } });
    expect((await readIssue(app)).state).toBe('finished');
    expect(server.connections()).toBe(0);
  });

  test('does not wait for the slot of an issue that is frozen for later', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:30');
    await runOnce(app);
    const issue = await readIssue(app);
    await sendIssue(app, { newsletter: NEWSLETTER, issue, confirmed: 3 }, sendTo(server));
    expect(listMailed(server)).toEqual(EVERYONE);
    setClock('07:00');
    await runOnce(app);
    expect(listMailed(server), 'the slot sends no second copy').toEqual(EVERYONE);
  });
});

describe('a mail server that says no', () => {
  test('to one address leaves the others sent, and silences a mailbox that is gone', async () => {
    const refusal = [TAKEN, '550 5.1.1 no such user', TAKEN];
    const { app, server, issue } = await openDraft(EVERYONE, { RCPT: refusal });
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    expect(run.sums).toMatchObject({ sent: 2, failed: 1, waiting: 0 });
    expect((await readIssue(app)).state).toBe('finished');
    const ledger = await readLedger(app);
    const refused = EVERYONE.filter((name) => ledger[name] === 'failed');
    expect(listMailed(server)).toEqual(EVERYONE.filter((name) => name !== refused[0]));
    expect(
      (await listSuppressions(app.store)).map(({ address, reason }) => [address, reason]),
    ).toEqual([[`${refused[0]}@example.org`, 'hard_bounce']]);
  });

  test('to the password pauses the issue and fails no row; resumed with the right one it goes to all', async () => {
    const script = { AUTH: ['535 5.7.8 wrong', '235 welcome'] };
    const { app, server, issue } = await openDraft(MANY, script, ['AUTH PLAIN']);
    const url = server.url.replace('smtp://', 'smtp://ada:pass-word@');
    const options = { openTransport: () => openTransport(url), askedBy: 'manual' as const };
    const run = await sendIssue(app, { ...issue, confirmed: 25 }, options);
    expect(run.problem).toMatch(/cannot be used: 5\.7\.8 wrong/);
    expect(run.problem).not.toContain('pass-word');
    expect(run.sums).toMatchObject({ sent: 0, failed: 0, unknown: 0, waiting: 25 });
    expect(await app.store.db.selectFrom('attempts').selectAll().execute()).toEqual([]);
    const paused = await readIssue(app);
    expect(paused).toMatchObject({
      state: 'paused',
      reason: expect.stringMatching(/log-in/) as string,
    });
    const rest = { newsletter: NEWSLETTER, issue: paused, confirmed: 25 };
    await expect(sendIssue(app, rest, options)).rejects.toMatchObject({ code: 'conflict' });
    await resumeIssue(app, NEWSLETTER, paused);
    await sendIssue(app, { ...rest, issue: await readIssue(app) }, options);
    expect(listAsked(server)).toEqual(MANY.toSorted());
  });

  test('for now is asked again later, with the same bytes', async () => {
    const script = { RCPT: [TAKEN, '451 4.7.1 greylisted', TAKEN] };
    const { app, server, issue, setClock } = await openDraft(EVERYONE, script);
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    expect(run.sums).toMatchObject({ sent: 2, waiting: 1 });
    expect((await readIssue(app)).state).toBe('sending');
    setClock('2026-03-08T20:02:00.000Z');
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
    const [attempts] = await app.store.db
      .selectFrom('deliveries')
      .select(['attempts', 'snapshot'])
      .where('attempts', '=', 2)
      .execute();
    const { date } = JSON.parse(attempts?.snapshot ?? '{}') as { date?: string };
    expect(date, 'the Date header is that of the first try').toBe('2026-03-08T20:00:00.000Z');
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('for now until the deadline is given up, by name, and the issue finishes', async () => {
    const { app, server, issue, setClock } = await openDraft(['ada'], { RCPT: '451 later' });
    await sendIssue(app, { ...issue, confirmed: 1 }, sendTo(server));
    for (let minute = 1; minute <= 500; minute += 30) {
      setClock(new Date(Date.parse('2026-03-08T20:00:00Z') + minute * 60_000).toISOString());
      await runOnce(app);
    }
    expect(await readLedger(app)).toEqual({ ada: 'skipped' });
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('nothing at all after the dot makes the row unknown, and it is never sent again by itself', async () => {
    const script = { DOT: ['250 ok', 'drop', '250 ok'] } as const;
    const { app, server, issue, setClock } = await openDraft(EVERYONE, script);
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    expect(run.sums).toMatchObject({ sent: 2, unknown: 1, waiting: 0 });
    expect((await readIssue(app)).state).toBe('finished');
    setClock('07:00');
    await runOnce(app);
    expect(listAsked(server)).toEqual(EVERYONE);
  });
});

describe('a reader who must not be mailed', () => {
  test('any more, because they left between the queue and the slot, is skipped', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:30');
    await runOnce(app);
    setClock('06:59');
    const [ada] = await listReaders(app.store, 'morning');
    await endSubscription(app.store, ada?.subscription.id ?? '', {
      reason: 'left',
      now: app.now(),
    });
    const createdAt = app.now();
    const complaint = { reason: 'complaint', note: null, createdAt } as const;
    await saveSuppression(app.store, { address: 'ben@example.org', ...complaint });
    setClock('07:00');
    await runOnce(app);
    expect(listMailed(server)).toEqual(['cleo']);
    expect(await readLedger(app)).toEqual({ ada: 'skipped', ben: 'skipped', cleo: 'sent' });
  });

  test('any more, because they left in the middle of the send, is skipped', async () => {
    const { app, server, issue } = await openDraft(EVERYONE);
    const readers = await listReaders(app.store, 'morning');
    const options = {
      ...sendTo(server),
      onProgress: (sent: number) => {
        if (sent === 1)
          void leaveAll(
            app,
            readers.map(({ subscription }) => subscription.id),
          );
      },
    };
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, options);
    expect(server.messages).toHaveLength(1);
    expect(run.sums).toMatchObject({ sent: 1, skipped: 2, waiting: 0 });
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('because there is no public address and theirs is not an own one, is skipped', async () => {
    const { app, server, issue } = await openDraft(EVERYONE, {}, [], '');
    const run = await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    expect(run.sums).toMatchObject({ sent: 0, skipped: 3 });
    expect(server.connections()).toBe(0);
  });
});

describe('the link in the mail', () => {
  test('ends exactly the subscription of whoever it was sent to', async () => {
    const { app, server, issue } = await openDraft();
    await sendIssue(app, { ...issue, confirmed: 3 }, sendTo(server));
    const toBen = server.messages.find((message) => /^To:.*ben@example\.org/m.test(message)) ?? '';
    const unfolded = toBen.replaceAll(/\r\n[ \t]/g, ' ');
    const link = /^List-Unsubscribe:.*<https:\/\/brief\.example\.org\/unsubscribe\/([^>]+)>/im.exec(
      unfolded,
    )?.[1];
    const reader = await findLeavingReader(app, link ?? '');
    expect(reader).toMatchObject({
      subscriber: { name: 'ben' },
      subscription: { state: 'active' },
    });
    await unsubscribe(app, link ?? '');
    await unsubscribe(app, link ?? '');
    const readers = await listReaders(app.store, 'morning');
    const active = readers.filter(({ subscription }) => subscription.state === 'active');
    expect(active.map(({ subscriber }) => subscriber.name)).toEqual(['ada', 'cleo']);
    expect(await unsubscribe(app, `${link}x`)).toBeNull();
  });
});

function listHeadlines(issue: Issue): readonly string[] {
  return listIssueStories(issue.document).map(({ id, headline }) => `${id} ${headline}`);
}

async function openDraft(
  readers: readonly string[] = EVERYONE,
  script: Parameters<typeof openMailServer>[0] = {},
  ...rest: readonly [extensions?: readonly string[], publicUrl?: string]
): Promise<{
  app: App;
  server: FaultServer;
  issue: { newsletter: typeof NEWSLETTER; issue: Issue };
  setClock: (time: string) => void;
}> {
  const [extensions = [], publicUrl] = rest;
  const server = await openMailServer(script, extensions);
  const places = publicUrl === undefined ? {} : { publicUrl };
  const { app, setClock } = await openSampleApp({ smtpUrl: server.url, ...places });
  await fillSampleApp(app, { readers });
  const { issue } = await buildIssue(app, NEWSLETTER, DATE);
  return { app, server, issue: { newsletter: NEWSLETTER, issue }, setClock };
}

async function freeze(app: App, issue: Issue): Promise<Issue> {
  const plan = planSendNow(NEWSLETTER, app.now());
  return await freezeIssue(app, { newsletter: NEWSLETTER, issue }, plan);
}

async function leaveAll(app: App, subscriptions: readonly string[]): Promise<void> {
  for (const id of subscriptions)
    await endSubscription(app.store, id, { reason: 'left', now: app.now() });
}
