import { describe, expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { closeApp } from '../../src/app/open-app.ts';
import { buildDueIssues, freezeDueIssues, sendDueIssues } from '../../src/app/run-due-work.ts';
import { listIssueStories } from '../../src/domain/issue.ts';
import { runOnce } from '../../src/scheduler.ts';
import { findIssue, listIssues } from '../../src/store/issues.ts';
import type { App } from '../../src/app/app.ts';
import {
  addArticles,
  DATE,
  fillSampleApp,
  listAsked,
  listMailed,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
} from './sample-app.ts';

const EVERYONE = ['ada', 'ben', 'cleo'];

describe('a morning', () => {
  test('builds at the cut-off, freezes half an hour before the slot, and sends at the slot', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    const stateAt = async (time: string): Promise<unknown> => {
      setClock(time);
      await runOnce(app);
      const issue = await findIssue(app.store, {
        newsletter: 'morning',
        date: DATE,
        kind: 'daily',
      });
      return [
        issue?.state,
        issue ? Object.keys(await readLedger(app)).length : 0,
        server.messages.length,
      ];
    };
    expect(await stateAt('05:29')).toEqual([undefined, 0, 0]);
    expect(await stateAt('05:30')).toEqual(['draft', 0, 0]);
    expect(await stateAt('06:29')).toEqual(['draft', 0, 0]);
    expect(await stateAt('06:30')).toEqual(['frozen', 3, 0]);
    expect(await stateAt('06:59')).toEqual(['frozen', 3, 0]);
    expect(await stateAt('07:00')).toEqual(['finished', 3, 3]);
    expect(await stateAt('07:01')).toEqual(['finished', 3, 3]);
    expect(listMailed(server)).toEqual(EVERYONE);
    expect(new Set(await listMessageIds(app)).size).toBe(3);
  });

  test('of which the program slept all but 07:03 is still sent, once', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('07:03');
    await runOnce(app);
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('that was frozen before a restart at 07:03 is sent as it was frozen, once', async () => {
    const server = await openMailServer();
    const first = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(first.app);
    for (const time of ['05:30', '06:30']) {
      first.setClock(time);
      await runOnce(first.app);
    }
    const frozen = await readIssue(first.app);
    await closeApp(first.app);
    const second = await openSampleApp({ smtpUrl: server.url, folder: first.folder });
    second.setClock('07:03');
    await addArticles(second.app, 'morning', [5]);
    await runOnce(second.app);
    await runOnce(second.app);
    expect(listMailed(server)).toEqual(EVERYONE);
    const sent = await readIssue(second.app);
    expect(sent).toMatchObject({ state: 'finished', contentHash: frozen.contentHash });
    expect(sent.document).toEqual(frozen.document);
  });

  test('ticked twice at once sends nothing twice', async () => {
    const server = await openMailServer({ DOT: { reply: '250 queued', afterMs: 10 } });
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    const readers = Array.from({ length: 30 }, (_, i) => `reader${i}`);
    await fillSampleApp(app, { readers });
    setClock('06:30');
    await runOnce(app);
    setClock('07:00');
    await Promise.all([sendDueIssues(app), sendDueIssues(app), sendDueIssues(app)]);
    expect(listAsked(server)).toEqual(readers.toSorted());
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('with nobody subscribed finishes without a word to the mail server', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app, { readers: [] });
    setClock('07:00');
    await runOnce(app);
    expect((await readIssue(app)).state).toBe('finished');
    expect(server.connections()).toBe(0);
  });

  test('of a newsletter that is paused does not happen', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app, { newsletter: { isPaused: true } });
    setClock('07:00');
    await runOnce(app);
    expect(await listIssues(app.store)).toEqual([]);
  });

  test('looked at early, on too little news, is built again at the cut-off', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app, { newsletter: { minimumStories: 6 } });
    setClock('03:00');
    const early = await buildIssue(app, { ...NEWSLETTER, minimumStories: 6 }, DATE);
    expect(early.issue.state).toBe('skipped');
    await addArticles(app, 'morning', [5]);
    for (const time of ['05:30', '06:30', '07:00']) {
      setClock(time);
      await runOnce(app);
    }
    expect((await readIssue(app)).state).toBe('finished');
    expect(listMailed(server)).toEqual(EVERYONE);
  });

  test('takes in what was gathered between an early build and the cut-off', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    setClock('03:00');
    await buildIssue(app, NEWSLETTER, DATE);
    await addArticles(app, 'morning', [5]);
    setClock('05:30');
    await buildDueIssues(app);
    const { document } = await readIssue(app);
    expect(listIssueStories(document).flatMap(({ articles }) => articles)).toContain(
      'https://harbour.example/5',
    );
  });
});

describe('a crash', () => {
  test('between the freeze and the last ledger row misses nobody, even when the slot has passed', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:30');
    await buildDueIssues(app);
    await freezeDueIssues(app);
    await forgetRows(app, ['ben', 'cleo']);
    setClock('07:03');
    await runOnce(app);
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
    expect((await readIssue(app)).state).toBe('finished');
  });

  test('that left claimed rows behind is made good once their lease is over', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    setClock('06:30');
    await runOnce(app);
    const issue = await readIssue(app);
    await app.store.db
      .updateTable('deliveries')
      .set({
        state: 'claimed',
        lease_token: 'of the dead',
        lease_until: '2026-03-09T06:00:20.000Z',
      })
      .where('issue_id', '=', issue.id)
      .execute();
    setClock('07:00');
    await runOnce(app);
    expect(server.messages).toEqual([]);
    expect((await readIssue(app)).state).toBe('sending');
    setClock('07:01');
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
    expect((await readIssue(app)).state).toBe('finished');
  });
});

describe('a morning that was missed', () => {
  test('before anything was built is skipped, and its stories roll into the next issue', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app);
    setClock('11:00');
    await runOnce(app);
    const missed = await readIssue(app);
    expect(missed).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('missed') as string,
    });
    expect(await listNextStories(app, setClock)).toHaveLength(5);
  });

  test('with the policy "skip" is skipped, and its stories are never printed', async () => {
    const { app, setClock } = await openSampleApp();
    await fillSampleApp(app, { newsletter: { missedRun: 'skip' } });
    setClock('11:00');
    await runOnce(app);
    expect((await readIssue(app)).state).toBe('skipped');
    expect(await listNextStories(app, setClock)).toEqual([]);
  });

  test.each([
    ['roll', 5],
    ['skip', 0],
  ] as const)(
    'after it was frozen is cancelled: "%s" leaves %i stories',
    async (missedRun, count) => {
      const server = await openMailServer();
      const first = await openSampleApp({ smtpUrl: server.url });
      await fillSampleApp(first.app, { newsletter: { missedRun } });
      first.setClock('06:30');
      await runOnce(first.app);
      await closeApp(first.app);
      const { app, setClock } = await openSampleApp({ smtpUrl: server.url, folder: first.folder });
      setClock('11:30');
      await runOnce(app);
      expect(server.messages).toEqual([]);
      expect(await readLedger(app)).toEqual({ ada: 'skipped', ben: 'skipped', cleo: 'skipped' });
      expect((await readIssue(app)).state).toBe('cancelled');
      expect(await listNextStories(app, setClock)).toHaveLength(count);
    },
  );

  test('over a weekend is settled too, and Friday’s stories are in Monday’s issue', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    setClock('2026-03-04T20:00:00.000Z');
    await fillSampleApp(app, { newsletter: { weekdays: [1, 2, 3, 4, 5] } });
    await publishAt(app, '2026-03-05T20:00:00.000Z', 'https://harbour.example/%');
    await publishAt(app, '2026-03-04T19:00:00.000Z', 'https://harbour.example/4');
    setClock('2026-03-05T06:00:00.000Z');
    await runOnce(app);
    expect((await readIssue(app, '2026-03-05')).state).toBe('finished');
    setClock('2026-03-06T05:30:00.000Z');
    await runOnce(app);
    expect((await readIssue(app, '2026-03-06')).state).toBe('frozen');
    setClock('05:30');
    await runOnce(app);
    expect((await readIssue(app, '2026-03-06')).state).toBe('cancelled');
    expect(listIssueStories((await readIssue(app)).document)).toHaveLength(4);
    expect(listMailed(server)).toEqual(EVERYONE);
  });

  test('before the newsletter existed is nobody’s to miss', async () => {
    const { app, setClock } = await openSampleApp();
    setClock('12:00');
    await fillSampleApp(app);
    await runOnce(app);
    expect(await listIssues(app.store)).toEqual([]);
  });
});

describe('trouble in one newsletter', () => {
  test('with its templates does not hold up the other', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    await fillSampleApp(app, {
      newsletter: { slug: 'brisk', look: 'no-such-look' },
      readers: ['dora'],
    });
    setClock('07:00');
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
  });

  test('whose frozen templates are damaged does not hold up the other', async () => {
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url });
    await fillSampleApp(app);
    await fillSampleApp(app, { newsletter: { slug: 'brisk' }, readers: ['dora'] });
    setClock('06:30');
    await runOnce(app);
    const broken = await readIssue(app, DATE, 'brisk');
    await app.store.db
      .updateTable('issues')
      .set({ templates: 'not templates', id: broken.id })
      .where('id', '=', broken.id)
      .execute();
    setClock('07:00');
    await runOnce(app).catch(() => {});
    expect(listMailed(server)).toEqual(EVERYONE);
  });

  test('that nobody set a mail server for keeps the issue waiting, and it goes out when there is one', async () => {
    const first = await openSampleApp({ smtpUrl: '' });
    await fillSampleApp(first.app);
    first.setClock('06:30');
    await runOnce(first.app);
    await closeApp(first.app);
    const server = await openMailServer();
    const { app, setClock } = await openSampleApp({ smtpUrl: server.url, folder: first.folder });
    for (const time of ['06:30', '07:10']) {
      setClock(time);
      await runOnce(app);
    }
    expect(listMailed(server)).toEqual(EVERYONE);
  });
});

/** As if the program had died while it queued the audience. */
async function forgetRows(app: App, names: readonly string[]): Promise<void> {
  const { id } = await readIssue(app);
  await app.store.db
    .deleteFrom('deliveries')
    .where('subscription_id', 'in', (query) =>
      query
        .selectFrom('subscriptions')
        .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
        .select('subscriptions.id')
        .where('subscribers.name', 'in', names),
    )
    .execute();
  await app.store.db
    .updateTable('issues')
    .set({ is_audience_complete: 0 })
    .where('id', '=', id)
    .execute();
}

/** Gives the articles whose key is like `key` another time of publication. */
async function publishAt(app: App, publishedAt: string, key: string): Promise<void> {
  await app.store.db
    .updateTable('articles')
    .set({ published_at: publishedAt })
    .where('key', 'like', key)
    .execute();
}

async function listMessageIds(app: App): Promise<readonly string[]> {
  const rows = await app.store.db.selectFrom('deliveries').select('message_id').execute();
  return rows.map(({ message_id }) => message_id);
}

/** The stories of the next day's draft, which has no other news. */
async function listNextStories(
  app: App,
  setClock: (time: string) => void,
): Promise<readonly unknown[]> {
  setClock('2026-03-10T04:30:00.000Z');
  await buildDueIssues(app);
  return listIssueStories((await readIssue(app, '2026-03-10')).document);
}
