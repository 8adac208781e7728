import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildIssue, rebuildIssue } from '../../src/app/build-issue.ts';
import { explainIssue, explainIssueStory } from '../../src/app/explain-issue.ts';
import { openKeptMorning } from '../../src/app/find-kept-morning.ts';
import { replayIssue } from '../../src/app/replay-issue.ts';
import type { EditCommand } from '../../src/domain/edit.ts';
import { isSameIssue } from '../../src/domain/issue-difference.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { DATE, readIssue } from './sample-app.ts';
import { MORNING_FEED, openMorningApp } from './sample-morning.ts';

/** The bundled newsletter as its daybrief.yaml writes it, with one feed and what a test changes. */
function write(changes: Record<string, unknown> = {}, feed: Record<string, unknown> = {}) {
  return [
    {
      slug: 'morning',
      name: 'The Morning Brief',
      sender: { address: 'brief@example.org' },
      zone: 'Europe/London',
      themes: [{ slug: 'world', name: 'World' }],
      feeds: [{ url: MORNING_FEED, ...feed }],
      ...changes,
    },
  ];
}

describe('a past day made again', () => {
  test(
    'is no different under the same rules, whatever an editor did to it',
    { timeout: 240_000 },
    async () => {
      const { app, newsletter } = await openMorningApp();
      const { issue } = await buildIssue(app, newsletter, DATE);
      const { made } = await openKeptMorning(app, issue);
      const target = fc.constantFrom(...made.decisions.map(({ articles }) => articles));
      const command = fc.oneof<[fc.Arbitrary<EditCommand>, ...fc.Arbitrary<EditCommand>[]]>(
        target.map((articles) => ({ kind: 'drop', articles })),
        target.map((articles) => ({ kind: 'move', articles, theme: 'sport' })),
        target.map((articles) => ({ kind: 'pin', articles, isFirst: true, theme: null })),
        fc.tuple(target, target).map((stories) => ({ kind: 'merge', stories })),
        target.map((articles) => ({ kind: 'split', articles: articles.slice(0, 1) })),
        target.map((articles) => ({ kind: 'rewrite', articles, headline: 'Mine', summary: null })),
        fc.integer({ min: 1, max: 8 }).map((edit) => ({ kind: 'undo', edit })),
      );
      let number = 0;
      const property = fc.asyncProperty(command, async (wanted) => {
        number += 1;
        const edit = { number, at: app.now(), who: 'ada', about: 'a story', command: wanted };
        await rebuildIssue(app, newsletter, { date: DATE, edit });
        const kept = await readIssue(app, DATE, newsletter.slug);
        const difference = await replayIssue(app, { newsletter, issue: kept }, undefined);
        expect(difference).toEqual({ stories: [], issue: [] });
      });
      await fc.assert(property, { numRuns: 8 });
    },
  );

  test('reads what was kept: news, and newer wordings, that came since change nothing', async () => {
    const { app, newsletter, setClock } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    setClock('2026-05-20T06:00:00.000Z');
    await app.store.db.updateTable('articles').set({ title: 'Another title' }).execute();
    await app.store.db
      .deleteFrom('articles')
      .where('key', '=', issue.document.lead?.articles[0] ?? '')
      .execute();
    const difference = await replayIssue(app, { newsletter, issue }, undefined);
    expect(isSameIssue(difference)).toBe(true);
  });

  test('shows what other themes would have made of it, and changes nothing in the store', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const difference = await replayIssue(app, { newsletter, issue }, write());
    expect(difference.issue.find(({ field }) => field === 'sections')?.to).toEqual(['World']);
    expect(
      difference.stories.some(({ from, to }) => from?.startsWith('Business') && to !== from),
    ).toBe(true);
    expect(await readIssue(app, DATE, newsletter.slug)).toEqual(issue);
  });

  test('weighs feeds and words as they are set now', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const definition = { url: MORNING_FEED, outlet: null, weight: 3, language: null };
    const feed = await saveFeed(app.store, definition, app.now());
    const heavier = await replayIssue(app, { newsletter, issue }, undefined);
    const change = heavier.stories
      .flatMap(({ fields }) => fields)
      .find(({ field }) => field === 'score');
    expect(Number(change?.to) - Number(change?.from)).toBeCloseTo(1);
    const word = issue.document.lead?.headline.split(' ')[0] ?? '';
    const use = { newsletter: newsletter.slug, feedId: feed.id, themeHint: null };
    await saveFeedUse(app.store, { ...use, excludedWords: [word] });
    const without = await replayIssue(app, { newsletter, issue }, undefined);
    expect(without.issue.find(({ field }) => field === 'lead')?.from).toBe(
      issue.document.lead?.headline,
    );
  });

  test('says so when the file has another newsletter, and when nothing was kept', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const named = { newsletter, issue };
    await expect(replayIssue(app, named, write({ slug: 'evening' }))).rejects.toThrow(
      /has no newsletter "morning"/,
    );
    await app.store.db.deleteFrom('issue_inputs').execute();
    await expect(replayIssue(app, named, undefined)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('explaining an issue', () => {
  test('the terms of every score sum to it, and every story of the morning is there once', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const stories = await explainIssue(app, issue);
    for (const { score, terms } of stories) {
      const sum = Object.values(terms).reduce((total, term) => total + term, 0);
      expect(sum).toBeCloseTo(score);
    }
    const articles = stories.flatMap(({ articles: keys }) => keys);
    expect(new Set(articles).size).toBe(articles.length);
    expect(stories.filter(({ number }) => number !== null)).toHaveLength(
      issue.document.counts.stories,
    );
  });

  test('of one story: what was found for each theme sums to its score, and the likeliest is the one it has', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const { story, themes } = await explainIssueStory(app, issue, '1');
    expect(themes[0]?.theme).toBe(story.theme);
    expect(themes[0]?.signs.length).toBeGreaterThan(0);
    for (const { score, prior, signs, taught, moves } of themes) {
      const sum = signs.reduce((total, { weight }) => total + weight, prior + taught + moves);
      expect(sum).toBeCloseTo(score);
    }
  });

  test('of one story: every article with its words, and the edits that were made on it', async () => {
    const { app, newsletter } = await openMorningApp();
    const { issue } = await buildIssue(app, newsletter, DATE);
    const articles = issue.document.lead?.articles ?? [];
    const command = { kind: 'rewrite' as const, articles, headline: 'Mine', summary: null };
    const edit = { number: 1, at: app.now(), who: 'ada', about: 'the lead', command };
    const built = await rebuildIssue(app, newsletter, { date: DATE, edit });
    const explained = await explainIssueStory(app, built.issue, 'mine');
    expect(explained.articles.map(({ key }) => key)).toEqual(articles);
    expect(explained.articles[1]?.words.length).toBeGreaterThan(0);
    expect(explained.edits.map(({ number }) => number)).toEqual([1]);
    expect(explained.thread).toMatchObject({ told: [], news: [] });
  });
});
