import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeIssue } from '../../src/compose/compose-issue.ts';
import { countIssueWords } from '../../src/compose/count-issue-words.ts';
import { fitBudget } from '../../src/compose/fit-budget.ts';
import { tailorIssue } from '../../src/compose/tailor-issue.ts';
import { USUAL_RULES } from '../../src/domain/editorial-rules.ts';
import { listIssueStories, type IssueDocument } from '../../src/domain/issue.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { sampleReading } from './sample-reading.ts';
import { mapArticles, MORNING, sampleArticle, sampleRanked } from './sample-stories.ts';

const SLUGS = MORNING.themes.map(({ slug }) => slug);

/** An issue of stories with so many words each, the first ranked best, before anybody cut it. */
function sampleIssue(lengths: readonly number[], note = ''): IssueDocument {
  const articles = lengths.map((length, place) => {
    const words = Array.from({ length }, (_, word) => `word${place}x${word}`).join(' ');
    return sampleArticle({ key: `k${place}`, summary: `The ${words}.` });
  });
  const ranked = articles.map((article, place) =>
    sampleRanked(article, { theme: SLUGS[place % SLUGS.length] ?? null, score: 100 - place }),
  );
  return composeIssue(ranked, {
    newsletter: { ...MORNING, rules: { ...USUAL_RULES, minutes: 1_000 } },
    date: '2026-03-02',
    articles: mapArticles(articles),
    openingNote: note === '' ? null : { article: 'note', text: note, author: 'Ada' },
  }).document;
}

describe('a reading budget', () => {
  const issue = sampleIssue(Array.from({ length: 25 }, () => 30));

  test('that is large enough changes nothing', () => {
    expect(fitBudget(issue, 8)).toEqual({ document: issue, dropped: [] });
  });

  test('takes the weakest stories out, and counts what is left', () => {
    const { document, dropped } = fitBudget(issue, 2);
    const left = listIssueStories(document);
    expect(left.length).toBeLessThan(listIssueStories(issue).length);
    const weakest = Math.min(...left.map(({ score }) => score));
    const scores = new Map(listIssueStories(issue).map(({ id, score }) => [id, score]));
    for (const id of dropped) expect(scores.get(id)).toBeLessThan(weakest);
    expect(document.counts).toMatchObject({
      stories: left.length,
      outlets: left.length,
      articles: left.length,
      minutes: 2,
    });
    for (const { stories } of document.sections) expect(stories).not.toEqual([]);
  });

  test('keeps what an editor pinned as long as it can', () => {
    const last = listIssueStories(issue).reduce((a, b) => (b.score < a.score ? b : a));
    const { document } = fitBudget(issue, 2, new Set([last.id]));
    expect(listIssueStories(document).map(({ id }) => id)).toContain(last.id);
  });

  test('of a reader gives them an issue of their own, and others of theirs the same', () => {
    const read = (minutes?: number) =>
      tailorIssue(
        issue,
        sampleReading({ preferences: { ...NO_PREFERENCES, minutes: minutes ?? null } }),
        [],
      );
    expect(read().document).toBe(issue);
    expect(read(2).document.counts.minutes).toBe(2);
    expect(new Set([read(), read(2), read(8), read(2)].map(({ variant }) => variant)).size).toBe(2);
  });
});

test('for any issue the budget is never exceeded, the top story is in, and twice gives the same', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 44 }), { minLength: 1, maxLength: 30 });
  const note = fc.integer({ min: 0, max: 600 }).map((count) => 'word '.repeat(count).trim());
  fc.assert(
    fc.property(lengths, note, fc.constantFrom(1, 2, 4, 8), (given, text, minutes) => {
      const issue = sampleIssue(given, text);
      const fitted = fitBudget(issue, minutes);
      expect(countIssueWords(fitted.document)).toBeLessThanOrEqual(minutes * 238);
      expect(fitted.document.lead).toEqual(issue.lead);
      expect(fitBudget(issue, minutes)).toEqual(fitted);
      const kept = listIssueStories(fitted.document).map(({ id }) => id);
      const all = listIssueStories(issue).map(({ id }) => id);
      expect([...kept, ...fitted.dropped].sort()).toEqual([...all].sort());
    }),
    { numRuns: 60 },
  );
});
