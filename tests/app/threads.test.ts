import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { buildIssue, type BuiltIssue } from '../../src/app/build-issue.ts';
import { explainIssueStory } from '../../src/app/explain-issue.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { unpackMorning } from '../../src/app/pack-morning.ts';
import { listIssueStories, type Issue, type StoryDecision } from '../../src/domain/issue.ts';
import { addDays } from '../../src/domain/local-time.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { findIssueInputs } from '../../src/store/issue-inputs.ts';
import { cancelIssue } from '../../src/store/issues.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { DATE, NEWSLETTER, openSampleApp, type SampleApp } from './sample-app.ts';

const NEXT = addDays(DATE, 1);
const SUNK =
  'The ferry Aurora sank in a storm off Port Alder on Sunday night and 17 people drowned. Rescuers searched the harbour of Port Alder until midnight for the ferry.';
const ROSE =
  'Rescuers searched the harbour of Port Alder for the ferry Aurora again. In the sinking of the ferry Aurora off Port Alder 19 people drowned, the harbour office counted.';
const SAME =
  'Off Port Alder 17 people drowned on Sunday night as the ferry Aurora sank in the storm. Rescuers searched the harbour until midnight.';

interface Told {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly date: string;
}

async function addNews(app: App, { key, title, summary, date }: Told): Promise<void> {
  const url = `https://${key}.example/feed`;
  const feed = await saveFeed(
    app.store,
    { url, outlet: null, weight: 1, language: null },
    app.now(),
  );
  const use = { newsletter: NEWSLETTER.slug, feedId: feed.id, themeHint: null, excludedWords: [] };
  await saveFeedUse(app.store, use);
  const article = {
    key,
    url: `https://${key}.example/1`,
    title,
    summary,
    text: '',
    outlet: { key: `${key}.example`, name: key },
    language: 'en',
    publishedAt: `${date}T03:00:00.000Z`,
    isDateGuessed: false,
    image: null,
    categories: [],
  };
  await saveArticles(app.store, [article], { feedId: feed.id, now: app.now() });
}

async function freeze(app: App, { issue }: BuiltIssue): Promise<Issue> {
  return await freezeIssue(
    app,
    { newsletter: NEWSLETTER, issue },
    planSendNow(NEWSLETTER, app.now()),
  );
}

/** The first morning, frozen, and the next one with another article of the same affair and one of something else. */
async function openSecondMorning(
  summary: string,
  between: (app: App, first: Issue) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ sample: SampleApp; first: Issue; second: BuiltIssue }> {
  const sample = await openSampleApp();
  const { app } = sample;
  await saveNewsletter(app.store, NEWSLETTER, app.now());
  sample.setClock('06:00');
  await addNews(app, {
    key: 'one',
    title: 'Ferry Aurora sinks off Port Alder',
    summary: SUNK,
    date: DATE,
  });
  const first = await freeze(app, await buildIssue(app, NEWSLETTER, DATE));
  await between(app, first);
  sample.setClock(`${NEXT}T05:00:00.000Z`);
  await addNews(app, {
    key: 'two',
    title: 'Toll of the ferry Aurora off Port Alder',
    summary,
    date: NEXT,
  });
  const other =
    'Growers fear that a late frost will cost them the early blossom of their orchards.';
  await addNews(app, { key: 'three', title: 'Orchards await frost', summary: other, date: NEXT });
  return { sample, first, second: await buildIssue(app, NEWSLETTER, NEXT) };
}

const threadOf = (issue: Issue, key: string) =>
  listIssueStories(issue.document).find(({ articles }) => articles.includes(key));

async function readDecisions(app: App, issue: Issue): Promise<readonly StoryDecision[]> {
  const packed = await findIssueInputs(app.store, issue.id);
  return packed ? (await unpackMorning(packed)).made.decisions : [];
}

describe('a story that goes on', () => {
  test('keeps its thread, is an update, and says what has changed', async () => {
    const { first, second } = await openSecondMorning(ROSE);
    const [before, after] = [threadOf(first, 'one'), threadOf(second.issue, 'two')];
    expect(before?.thread).toMatch(/^t-/);
    expect(before?.marks).toEqual(['single-source']);
    expect(after?.thread).toBe(before?.thread);
    expect(after?.marks).toEqual(['update', 'single-source']);
    const told = `${after?.summary} ${after?.whatChanged ?? ''}`;
    expect(told).toContain('19 people drowned');
    const news = threadOf(second.issue, 'three');
    expect(news?.marks).toEqual(['new', 'single-source']);
    expect(news?.thread).not.toBe(before?.thread);
  });

  test('with nothing new is not told twice, and the decision says when it was told', async () => {
    const { sample, second } = await openSecondMorning(SAME);
    expect(threadOf(second.issue, 'two')).toBeUndefined();
    const decisions = await readDecisions(sample.app, second.issue);
    expect(decisions.find(({ articles }) => articles.includes('two'))).toMatchObject({
      place: 'cut',
      reason: 'told-before',
      detail: DATE,
    });
  });

  test('is explained by what was told, on which day, and by what is new in it', async () => {
    const { sample, first, second } = await openSecondMorning(ROSE);
    const { thread } = await explainIssueStory(sample.app, second.issue, 'Toll of the ferry');
    expect(thread).toMatchObject({
      id: threadOf(first, 'one')?.thread,
      told: [{ date: DATE, title: 'Ferry Aurora sinks off Port Alder' }],
      news: [{ kind: 'figure', said: '19' }],
    });
    const begun = await explainIssueStory(sample.app, second.issue, 'Orchards');
    expect(begun.thread).toMatchObject({ told: [], news: [] });
  });

  test('and was told before is explained as bringing nothing', async () => {
    const { sample, second } = await openSecondMorning(SAME);
    const { thread } = await explainIssueStory(sample.app, second.issue, 'Toll of the ferry');
    expect(thread).toMatchObject({ told: [{ date: DATE }], news: [] });
  });

  test('after an issue that was cancelled is told as if nobody had heard of it', async () => {
    const { second } = await openSecondMorning(SAME, async (app, first) => {
      const cancel = {
        from: ['frozen' as const],
        reason: 'too late',
        isRolling: false,
        now: app.now(),
      };
      await cancelIssue(app.store, first, cancel);
    });
    expect(threadOf(second.issue, 'two')?.marks).toEqual(['single-source']);
  });

  test('is compared with what was told, even when the article was rewritten since', async () => {
    const { second } = await openSecondMorning(ROSE, async (app) => {
      const title = 'Ferry Aurora sinks off Port Alder';
      await addNews(app, { key: 'one', title, summary: ROSE, date: DATE });
    });
    expect(threadOf(second.issue, 'two')?.marks).toContain('update');
  });
});

test('an article that the rules leave out is among the decisions', async () => {
  const { app, setClock } = await openSampleApp();
  await saveNewsletter(app.store, NEWSLETTER, app.now());
  setClock('06:00');
  await addNews(app, { key: 'ad', title: 'Sponsored: Sail with us', summary: SUNK, date: DATE });
  const { issue } = await buildIssue(app, NEWSLETTER, DATE);
  expect(await readDecisions(app, issue)).toMatchObject([
    { story: 'ad', place: 'cut', reason: 'sponsored', detail: 'ad' },
  ]);
  expect(issue.document.lead).toBeNull();
});
