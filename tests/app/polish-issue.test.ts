import { describe, expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { openFeedReader } from '../../src/app/gather-feeds.ts';
import { openModelTalk } from '../../src/app/open-model-talk.ts';
import { polishIssue } from '../../src/app/polish-issue.ts';
import { replayModel, type ModelShare } from '../../src/app/replay-model.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';
import {
  countModelStories,
  listIssueStories,
  type Issue,
  type IssueDocument,
} from '../../src/domain/issue.ts';
import { listUnpublishedArticles } from '../../src/store/articles.ts';
import {
  BAD_SERVERS,
  openModelServer,
  readTitle,
  say,
  type ModelAct,
  type ModelServer,
} from '../model/model-server.ts';
import { DATE, fillSampleApp, NEWSLETTER, openSampleApp, type SampleApp } from './sample-app.ts';

const TRUE_TEXTS: Readonly<Record<string, { headline: string; summary: string }>> = {
  'Ferry runs aground off the northern cape': {
    headline: 'Ferry aground off northern cape, all 214 brought ashore',
    summary: 'By noon all 214 passengers of the ferry off the northern cape were ashore.',
  },
};

/** Rewords the ferry and has nothing to say about the rest. */
const honest: ModelAct = (response, request) =>
  say(response, TRUE_TEXTS[readTitle(request)] ?? { headline: '', summary: '' });

describe('a model that may write', () => {
  test('is asked once for each story, and what it writes is printed and marked', async () => {
    const { issue, server } = await buildWith(honest);
    const ferry = findFerry(issue.document);
    expect(ferry).toMatchObject({
      ...TRUE_TEXTS['Ferry runs aground off the northern cape'],
      writtenByModel: ['headline', 'summary'],
    });
    expect(countModelStories(issue.document)).toBe(1);
    expect(server.requests).toHaveLength(5);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      key: 'Bearer key-of-ada',
      body: { model: 'scribe' },
    });
    expect(server.mostAtOnce()).toBeLessThanOrEqual(2);
  });

  test('is not asked again when the draft is built again', async () => {
    const { sample, server, issue } = await buildWith(honest);
    const again = await build(sample);
    expect(server.requests).toHaveLength(5);
    expect(again.document).toEqual(issue.document);
  });

  test('is not asked at all unless it may do something', async () => {
    const server = await openModelServer(honest);
    const sample = await openSample(server, { 'model.may': '' });
    await fillSampleApp(sample.app);
    await build(sample);
    expect(server.requests).toEqual([]);
  });

  test('costs an issue no more than its budget', async () => {
    const requests = await buildWith(honest, { 'model.most_requests': '2' });
    expect(requests.server.requests).toHaveLength(2);
    const tokens = await buildWith(honest, { 'model.most_tokens': '2500' });
    expect(tokens.server.requests.length).toBeGreaterThan(0);
    expect(tokens.server.requests.length).toBeLessThan(5);
    expect(listReasons(tokens.sample)).toContain('tokens used up');
  });

  test('is asked in the plainest way when it does not understand the request', async () => {
    const { issue } = await buildWith((response, request, number) => {
      if (request.body.response_format) return void response.writeHead(400).end();
      return honest(response, request, number);
    });
    expect(countModelStories(issue.document)).toBe(1);
  });

  test('is asked once more when it was busy', async () => {
    const { issue, server } = await buildWith((response, request, number) => {
      if (number === 1) return void response.writeHead(503, { 'retry-after': '0' }).end();
      return honest(response, request, number);
    });
    expect(countModelStories(issue.document)).toBe(1);
    expect(server.requests).toHaveLength(6);
  });

  test('is left alone for ten minutes after three failures in a row', async () => {
    let isWell = false;
    const { sample, server } = await buildWith((response, request, number) => {
      if (!isWell) return void response.writeHead(401).end();
      return honest(response, request, number);
    });
    const asked = server.requests.length;
    expect(asked).toBeLessThanOrEqual(4);
    isWell = true;
    await build(sample);
    expect(server.requests).toHaveLength(asked);
    sample.setClock(addTime(sample.app.now(), 11 * MINUTE));
    expect(countModelStories((await build(sample)).document)).toBe(1);
  });

  test('opens nothing to feeds', async () => {
    const { sample, server } = await buildWith(honest);
    const reader = openFeedReader(sample.app);
    expect(reader.guard.findFault(`${server.url}/models`)).toMatch(/only 80 and 443/);
    await reader.guard.close();
  });

  test('makes the same issue again from its kept answers, when it is gone', async () => {
    const { sample, issue } = await buildWith(honest);
    const draft = { document: await buildPlain(), articles: await listCandidates(sample) };
    const server = await openModelServer(honest);
    const other = await openSample(server);
    const talk = openModelTalk(other.app, draft.document)!;
    const polished = await polishIssue(other.app, draft, talk);
    await talk.close();
    expect(polished.document).toEqual(issue.document);
    const share = JSON.parse(JSON.stringify(polished.share)) as ModelShare;
    const asked = server.requests.length;
    expect(replayModel(draft, share).document).toEqual(issue.document);
    expect(server.requests).toHaveLength(asked);
  });
});

describe('a model that lies', () => {
  test.each([
    ['a number', { headline: 'Ferry aground off the northern cape, 215 brought ashore' }, 'number'],
    [
      'a number word',
      { summary: 'Ferry off the cape: twelve passengers were missing by noon.' },
      'number',
    ],
    [
      'a name',
      { summary: 'The ferry Aurora ran off the northern cape and all were ashore by noon.' },
      'name',
    ],
    [
      'a quotation',
      { summary: 'All passengers of the ferry were ashore, “brought by noon” off the cape.' },
      'quotation',
    ],
    [
      'a link',
      { summary: 'Ferry passengers brought ashore by noon, see http://evil.example/x.' },
      'link',
    ],
    ['markup', { headline: '<b>Ferry</b> runs aground off the cape' }, 'markup'],
    ['an advertisement', { headline: 'BUY NOW' }, 'empty'],
    [
      'another story',
      { summary: 'The mayor resigned after a scandal about bribes and the budget of the town.' },
      'unsupported',
    ],
    ['a novel', { summary: 'All passengers were brought ashore by noon. '.repeat(9) }, 'too long'],
  ] as const)('about %s is not printed', async (_, texts, reason) => {
    const { issue, sample } = await buildWith((response) => say(response, texts));
    expect(issue.document).toEqual(await buildPlain());
    expect(listReasons(sample)).toContain(reason);
  });

  test('is told by the reason, never by its text', async () => {
    const { sample } = await buildWith((response) =>
      say(response, { headline: 'Zork eats the ferry' }),
    );
    expect(JSON.stringify(sample.events)).not.toContain('Zork');
    expect(sample.events.filter(({ event }) => event === 'model.refused')[0]?.fields).toEqual({
      story: expect.any(String) as string,
      field: 'headline',
      reason: 'name',
    });
  });
});

describe('an issue is built in time from its sources', () => {
  test.each(BAD_SERVERS)('when the model $name', async ({ act }) => {
    const start = performance.now();
    const { issue } = await buildWith(act, {
      'model.request_seconds': '1',
      'model.issue_seconds': '2',
    });
    expect(performance.now() - start, 'two seconds and what a build takes').toBeLessThan(10_000);
    expect(issue.state).toBe('draft');
    expect(issue.document).toEqual(await buildPlain());
  });

  test('when nobody listens where the model should be', async () => {
    const server: ModelServer = { url: 'http://127.0.0.1:9/v1', requests: [], mostAtOnce: () => 0 };
    const sample = await openSample(server);
    await fillSampleApp(sample.app);
    expect((await build(sample)).document).toEqual(await buildPlain());
  });
});

async function buildWith(act: ModelAct, settings: Readonly<Record<string, string>> = {}) {
  const server = await openModelServer(act);
  const sample = await openSample(server, settings);
  await fillSampleApp(sample.app);
  return { server, sample, issue: await build(sample) };
}

async function openSample(
  server: ModelServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<SampleApp> {
  return await openSampleApp({
    settings: {
      'model.url': server.url,
      'model.key': 'key-of-ada',
      'model.may': 'headlines,summaries',
      'model.writer': 'scribe',
      ...settings,
    },
  });
}

async function build({ app }: Pick<SampleApp, 'app'>): Promise<Issue> {
  return (await buildIssue(app, NEWSLETTER, DATE)).issue;
}

let plain: IssueDocument | null = null;

/** The issue as it is without a model. */
async function buildPlain(): Promise<IssueDocument> {
  if (plain) return plain;
  const sample = await openSampleApp();
  await fillSampleApp(sample.app);
  plain = (await build(sample)).document;
  return plain;
}

async function listCandidates({ app }: SampleApp) {
  const window = { from: '2026-03-01T00:00:00.000Z', until: '2026-03-09T00:00:00.000Z' };
  return await listUnpublishedArticles(app.store, { newsletter: NEWSLETTER.slug, ...window });
}

function findFerry(document: IssueDocument) {
  return listIssueStories(document).find(({ headline }) => headline.startsWith('Ferry'));
}

function listReasons({ events }: SampleApp): readonly unknown[] {
  return events.map(({ fields }) => fields['reason']).filter(Boolean);
}
