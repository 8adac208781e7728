import { expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { planPruning, pruneStore, pruneWhenDue } from '../../src/app/prune-store.ts';
import { replayIssue } from '../../src/app/replay-issue.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { isSameIssue } from '../../src/domain/issue-difference.ts';
import { addDays } from '../../src/domain/local-time.ts';
import { listModelAnswers, saveModelAnswer } from '../../src/store/model-answers.ts';
import {
  DATE,
  fillSampleApp,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
  type SampleApp,
} from './sample-app.ts';

const LEDGER = { ada: 'sent', ben: 'sent', cleo: 'sent' };

async function openSentApp(settings: Readonly<Record<string, string>> = {}) {
  const server = await openMailServer();
  const sample = await openSampleApp({ smtpUrl: server.url, settings });
  await fillSampleApp(sample.app);
  sample.setClock('06:30');
  await buildIssue(sample.app, NEWSLETTER, DATE);
  const target = { newsletter: NEWSLETTER, issue: await readIssue(sample.app), confirmed: 3 };
  const openTo = () => openTransport(server.url);
  await sendIssue(sample.app, target, { openTransport: openTo, askedBy: 'manual' });
  return { ...sample, setDay: turnDays(sample) };
}

/** An app with nothing in it yet. */
async function openSampleDays(settings: Readonly<Record<string, string>> = {}) {
  const sample = await openSampleApp({ settings });
  return { ...sample, setDay: turnDays(sample) };
}

function turnDays({ setClock }: SampleApp) {
  return (days: number) => setClock(`${addDays(DATE, days)}T08:00:00.000Z`);
}

async function countRows(app: Awaited<ReturnType<typeof openSentApp>>['app']) {
  const count = async (table: 'articles' | 'attempts' | 'issues' | 'deliveries') =>
    (await app.store.db.selectFrom(table).selectAll().execute()).length;
  return {
    articles: await count('articles'),
    attempts: await count('attempts'),
    issues: await count('issues'),
    deliveries: await count('deliveries'),
  };
}

test('Articles go after 60 days and replies after 180; the issue, its ledger and its replay stay', async () => {
  const { app, setDay } = await openSentApp();
  setDay(59);
  expect(await pruneStore(app)).toEqual({ articles: 0, attempts: 0 });
  setDay(61);
  expect(await planPruning(app)).toEqual({ articles: 5, attempts: 0 });
  expect(await countRows(app)).toMatchObject({ articles: 5, attempts: 3 });
  expect(await pruneStore(app)).toEqual({ articles: 5, attempts: 0 });
  setDay(181);
  expect(await planPruning(app)).toEqual({ articles: 0, attempts: 3 });
  expect(await pruneStore(app)).toEqual({ articles: 0, attempts: 3 });
  expect(await countRows(app)).toEqual({ articles: 0, attempts: 0, issues: 1, deliveries: 3 });
  expect(await readLedger(app)).toEqual(LEDGER);
  const named = { newsletter: NEWSLETTER, issue: await readIssue(app) };
  expect(isSameIssue(await replayIssue(app, named, undefined))).toBe(true);
});

test('What is to be kept for ever is kept', async () => {
  const { app, setDay } = await openSentApp({ keep_articles_days: '0', keep_attempts_days: '0' });
  setDay(4_000);
  expect(await pruneStore(app)).toEqual({ articles: 0, attempts: 0 });
  expect(await countRows(app)).toMatchObject({ articles: 5, attempts: 3 });
});

test('An old article that was only gathered now stays, since its feed still carries it', async () => {
  const { app, setDay } = await openSentApp();
  const seen = `${addDays(DATE, 50)}T08:00:00.000Z`;
  await app.store.db.updateTable('articles').set({ first_seen_at: seen }).execute();
  setDay(70);
  expect(await pruneStore(app)).toEqual({ articles: 0, attempts: 0 });
});

test('What a model answered goes with the articles it was asked about, and not before', async () => {
  const { app, setDay } = await openSampleDays();
  const keep = (hash: string, day: number) => {
    const now = `${addDays(DATE, day)}T06:00:00.000Z`;
    return saveModelAnswer(app.store, hash, { model: 'scribe', answer: hash, now });
  };
  await keep('old', 0);
  await keep('young', 10);
  await keep('old and asked again', 0);
  await keep('old and asked again', 10);
  const listKept = async () => {
    const kept = await listModelAnswers(app.store, ['old', 'young', 'old and asked again']);
    return [...kept.keys()].toSorted();
  };
  setDay(59);
  await pruneStore(app);
  expect(await listKept()).toHaveLength(3);
  setDay(61);
  await pruneStore(app);
  expect(await listKept()).toEqual(['old and asked again', 'young']);
});

test('What a model answered is kept for ever where articles are', async () => {
  const { app, setDay } = await openSampleDays({ keep_articles_days: '0' });
  const answer = { model: 'scribe', answer: 'a', now: app.now() };
  await saveModelAnswer(app.store, 'old', answer);
  setDay(4_000);
  await pruneStore(app);
  expect((await listModelAnswers(app.store, ['old'])).size).toBe(1);
});

test('It is done once a day', async () => {
  const { app, setDay } = await openSentApp();
  setDay(50);
  await pruneWhenDue(app);
  await app.store.db.updateTable('articles').set({ published_at: '2026-01-01' }).execute();
  await app.store.db.updateTable('articles').set({ first_seen_at: '2026-01-01' }).execute();
  await pruneWhenDue(app);
  expect(await countRows(app)).toMatchObject({ articles: 5 });
  setDay(51);
  await pruneWhenDue(app);
  expect(await countRows(app)).toMatchObject({ articles: 0 });
});
