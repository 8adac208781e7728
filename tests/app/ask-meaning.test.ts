import { describe, expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { explainIssueStory } from '../../src/app/explain-issue.ts';
import { replayIssue } from '../../src/app/replay-issue.ts';
import { listIssueStories, type Issue } from '../../src/domain/issue.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { listFeeds } from '../../src/store/feeds.ts';
import { BAD_SERVERS, openModelServer, sendJson, type ModelAct } from '../model/model-server.ts';
import { sampleArticle } from '../cluster/sample-articles.ts';
import { DATE, fillSampleApp, NEWSLETTER, openSampleApp } from './sample-app.ts';

const HEARSAY = {
  ...sampleArticle({
    key: 'https://gull.example/stranded',
    title: 'Vessel stranded on rocks near the northern lighthouse',
    summary: 'Everybody aboard the ferry is safe on land, the coast guard said.',
    publishedAt: '2026-03-08T18:30:00.000Z',
  }),
  url: 'https://gull.example/stranded',
};

/** Knows that both are about the ferry, and nothing in common of the rest. */
const honest: ModelAct = (response, { body }) =>
  sendJson(response, {
    data: (body.input ?? []).map((text, index) => ({ index, embedding: place(text, index) })),
  });

function place(text: string, index: number): readonly number[] {
  const isFerry = /Ferry runs aground|Vessel stranded/.test(text);
  return isFerry ? [0.95, 0.05 + 0.1 * index, 0] : [0.1, 0, 1 + index];
}

async function buildWith(act: ModelAct | null, settings: Readonly<Record<string, string>> = {}) {
  const server = await openModelServer(act ?? (() => {}));
  const model = {
    'model.url': server.url,
    'model.may': 'embeddings',
    'model.embedder': 'surveyor',
    ...settings,
  };
  const sample = await openSampleApp(act ? { settings: model } : {});
  await fillSampleApp(sample.app);
  const [feed] = await listFeeds(sample.app.store);
  await saveArticles(sample.app.store, [HEARSAY], { feedId: feed!.id, now: sample.app.now() });
  const build = async () => (await buildIssue(sample.app, NEWSLETTER, DATE)).issue;
  return { server, sample, build, issue: await build() };
}

function listSources(issue: Issue): readonly (readonly string[])[] {
  return listIssueStories(issue.document).map(({ sources }) => sources.map(({ outlet }) => outlet));
}

describe('a model that knows what texts mean', () => {
  test('makes one story of two that words left apart, and the foot can say so', async () => {
    const { issue, server, sample } = await buildWith(honest);
    const ferry = listIssueStories(issue.document).find(({ sources }) => sources.length === 2);
    expect(ferry).toMatchObject({ independent: 2, joinedByModel: true });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/embeddings']);
    expect(server.requests[0]?.body.model).toBe('surveyor');
    expect(sample.events.map(({ event }) => event)).toContain('model.asked');
  });

  test('is told by explain, with its name', async () => {
    const { sample, issue } = await buildWith(honest);
    const ferry = listIssueStories(issue.document).find(({ joinedByModel }) => joinedByModel);
    const { meaning } = await explainIssueStory(sample.app, issue, ferry!.id);
    expect(meaning).toEqual([
      {
        model: 'surveyor',
        closeness: expect.closeTo(0.99, 1) as number,
        titles: expect.arrayContaining([HEARSAY.title]) as string[],
      },
    ]);
  });

  test('is not needed to make the same day again, and not asked twice about one text', async () => {
    const { sample, issue, server, build } = await buildWith(honest);
    const named = { newsletter: NEWSLETTER, issue };
    expect(await replayIssue(sample.app, named, undefined)).toEqual({ stories: [], issue: [] });
    expect((await build()).document).toEqual(issue.document);
    expect(server.requests).toHaveLength(1);
  });

  test('joins nothing that is less alike than the settings say', async () => {
    const { issue } = await buildWith(honest, { 'model.alike': '0.999' });
    expect(issue.document).toEqual((await buildWith(null)).issue.document);
  });

  test('shares time, budget and count of failures with the one that writes', async () => {
    const refuse: ModelAct = (response) => void response.writeHead(401).end();
    const all = { 'model.may': 'embeddings,headlines', 'model.writer': 'scribe' };
    const refused = await buildWith(refuse, all);
    expect(refused.server.requests.length).toBeLessThanOrEqual(4);
    const { server } = await buildWith(honest, { ...all, 'model.most_requests': '1' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the stories are what their words make them', () => {
  const fewer = (response: Parameters<ModelAct>[0]): void =>
    sendJson(response, { data: [{ index: 0, embedding: [1, 0] }] });
  const NaNs: ModelAct = (response, { body }) =>
    void response.end(`{"data": [${(body.input ?? []).map(() => '{"embedding": [NaN]}').join()}]}`);

  test.each([
    ...BAD_SERVERS.filter(({ name }) => /stalls before|answers 401|web page/.test(name)),
    { name: 'gives fewer vectors', act: fewer },
    { name: 'gives NaN', act: NaNs },
  ])('when the model $name, and the log says so once', async ({ act }) => {
    const { issue, sample } = await buildWith(act, { 'model.request_seconds': '1' });
    expect(issue.state).toBe('draft');
    expect(listSources(issue).every((sources) => sources.length === 1)).toBe(true);
    expect(JSON.stringify(issue.document)).not.toContain('joinedByModel');
    const failed = sample.events.filter(({ event }) => event === 'model.failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.fields).toMatchObject({ task: 'embeddings' });
  });
});
