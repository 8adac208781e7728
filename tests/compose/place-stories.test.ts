import { describe, expect, test } from 'vitest';
import { composeIssue } from '../../src/compose/compose-issue.ts';
import type { CompositionContext } from '../../src/compose/composition-context.ts';
import { orderSection } from '../../src/compose/order-section.ts';
import { rankStories } from '../../src/compose/rank-stories.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { USUAL_RULES } from '../../src/domain/editorial-rules.ts';
import { listIssueStories } from '../../src/domain/issue.ts';
import type { RankedStory } from '../../src/domain/story.ts';
import {
  mapArticles,
  MORNING,
  sampleArticle,
  sampleRanked,
  sampleStory,
} from './sample-stories.ts';

const SLUGS = MORNING.themes.map(({ slug }) => slug);

function tell(key: string, given: Partial<Candidate> = {}): Candidate {
  return sampleArticle({
    key,
    summary: `Council ${key} voted to open its library on Sundays from next month.`,
    ...given,
  });
}

function compose(
  articles: readonly Candidate[],
  given: Partial<CompositionContext> & { ranked?: readonly RankedStory[] } = {},
) {
  const ranked = articles.map((article, place) =>
    sampleRanked(article, { theme: SLUGS[place % SLUGS.length] ?? null, score: 1_000 - place }),
  );
  const context = { newsletter: MORNING, date: '2026-03-02', articles: mapArticles(articles) };
  return composeIssue(given.ranked ?? ranked, { ...context, ...given });
}

function listReasons(articles: readonly Candidate[], given: Partial<CompositionContext> = {}) {
  const { decisions } = compose(articles, given);
  return Object.fromEntries(decisions.map(({ story, reason }) => [story, reason]));
}

describe('decisions', () => {
  const articles = Array.from({ length: 60 }, (_, place) => tell(`k${place}`));
  const { document, decisions } = compose(articles);

  test('there is one for each story: its place, or why it has none', () => {
    const stories = decisions.map(({ story }) => story);
    expect(stories.toSorted()).toEqual(articles.map(({ key }) => `s-${key}`).toSorted());
    const printed = listIssueStories(document).map(({ id }) => id);
    for (const { story, place, reason } of decisions)
      expect([place !== 'cut', reason === null]).toEqual(
        printed.includes(story) ? [true, true] : [false, false],
      );
    expect(decisions[0]).toMatchObject({
      place: 'lead',
      score: 1_000,
      terms: { independent: 1_000 },
    });
  });

  test('say which stories found their section full', () => {
    const full = decisions.filter(({ reason }) => reason === 'section-cap');
    expect(full.length).toBeGreaterThan(20);
    expect(full[0]?.detail).toMatch(/^\d in (world|politics|business|science|sport)$/);
  });

  test('say what the reading time cost', () => {
    const newsletter = { ...MORNING, rules: { ...USUAL_RULES, minutes: 1 } };
    const composed = compose(articles, { newsletter });
    expect(composed.document.counts.minutes).toBe(1);
    expect(composed.document.lead?.articles).toEqual(['k0']);
    const cut = composed.decisions.filter(({ reason }) => reason === 'word-budget');
    expect(cut.length).toBeGreaterThan(3);
    expect(cut[0]?.detail).toBe('1 minutes');
  });
});

describe('a flood of one outlet', () => {
  const loud = { key: 'loud.example', name: 'Loud' };

  test('does not take the issue', () => {
    const flood = Array.from({ length: 5_000 }, (_, place) =>
      tell(`loud${place}`, { outlet: loud }),
    );
    const others = Array.from({ length: 12 }, (_, place) => tell(`other${place}`));
    const { document, decisions } = compose([...flood, ...others]);
    const stories = listIssueStories(document);
    expect(stories.filter(({ sources }) => sources[0]?.outlet === 'Loud')).toHaveLength(5);
    expect(stories.length).toBeGreaterThan(12);
    const capped = decisions.filter(({ reason }) => reason === 'outlet-cap');
    expect(capped).toHaveLength(4_995);
    expect(capped[0]?.detail).toBe('5 of loud.example');
  });

  test('is no flood where nobody else writes: a newsletter of one feed is full', () => {
    const only = Array.from({ length: 30 }, (_, place) => tell(`k${place}`, { outlet: loud }));
    expect(listIssueStories(compose(only).document).length).toBeGreaterThan(18);
  });

  test('of ten reprints ranks below three independent reports', () => {
    const reprints = Array.from({ length: 10 }, (_, place) => tell(`copy${place}`));
    const reports = Array.from({ length: 3 }, (_, place) => tell(`report${place}`));
    const articles = mapArticles([...reprints, ...reports]);
    const stories = [sampleStory(reprints, { independent: 1 }), sampleStory(reports)];
    const cutOff = '2026-03-02T05:30:00.000Z';
    const ranked = rankStories(stories, { articles, themes: new Map(), cutOff });
    expect(compose([], { ranked, articles }).document.lead?.articles[0]).toBe('report0');
  });
});

describe('a live blog', () => {
  const live = tell('live', { title: 'Storm Alder live updates: ferries stay in port' });

  test('alone is no story', () => {
    expect(listReasons([tell('a'), live])).toEqual({ 's-a': null, 's-live': 'live-blog' });
  });

  test('supports a story, but does not lead it', () => {
    const other = tell('storm', { title: 'Ferries stay in port as storm Alder nears' });
    const ranked = {
      ...sampleRanked(live, { theme: null, score: 1 }),
      articles: ['live', 'storm'],
    };
    const { document } = compose([], { ranked: [ranked], articles: mapArticles([live, other]) });
    expect(document.lead).toMatchObject({ articles: ['storm', 'live'], headline: other.title });
    expect(document.lead?.sources.map(({ outlet }) => outlet)).toEqual([
      'Outlet storm',
      'Outlet live',
    ]);
  });
});

describe('a feed of which only headlines may be printed', () => {
  const image = { url: 'https://img.example.org/a.jpg', width: 800, height: 400, alt: '' };
  const bound = tell('bound', { isHeadlineOnly: true, image, text: 'It cost $48.5 million.' });

  test('gives its headline and link, and not a word more', () => {
    const { document } = compose([bound, tell('a'), tell('b')]);
    expect(JSON.stringify(document)).not.toMatch(/Council bound|48\.5|img\.example/);
    const printed = listIssueStories(document).find(({ id }) => id === 's-bound');
    expect(printed).toMatchObject({
      headline: bound.title,
      summary: '',
      sources: [{ url: bound.url }],
    });
    expect(document.lead?.id).toBe('s-a');
  });
});

describe('a thread', () => {
  const news = { thread: 't-1', toldOn: '2026-03-01', isNew: false, hasNews: true, sentences: [] };
  const article = tell('a', {
    summary: 'The ferry sank off Port Alder. Divers found 19 people in the wreck of the ferry.',
  });
  const lead = (given: object, articles = [article]) =>
    compose(articles, { news: new Map([['s-a', { ...news, ...given }]]) }).document.lead;

  test('that was told with nothing new since is cut, unless an editor pins it', () => {
    const told = new Map([['s-a', { ...news, hasNews: false }]]);
    const reasons = listReasons([article, tell('b')], { news: told });
    expect(reasons).toEqual({ 's-a': 'told-before', 's-b': null });
    const pinned = { ...article, wish: { theme: null, isPinned: true } };
    expect(listReasons([pinned], { news: told })).toEqual({ 's-a': null });
  });

  test('keeps its name and is marked', () => {
    expect(lead({})).toMatchObject({ thread: 't-1', marks: ['update', 'single-source'] });
    expect(lead({ isNew: true, toldOn: null })?.marks).toEqual(['new', 'single-source']);
    expect(lead({ toldOn: null })?.marks).toEqual(['single-source']);
    expect(compose([article]).document.lead?.thread).toBeNull();
  });

  test('says what has changed, never a sentence that is printed already', () => {
    const sentences = [article.summary, 'Cleo Hart was sworn in on Monday.'];
    expect(lead({ sentences })?.whatChanged).toBe('Cleo Hart was sworn in on Monday.');
    expect(lead({ sentences: [article.summary] })?.whatChanged).toBeNull();
  });
});

describe('the order of a section', () => {
  const story = (key: string, score: number, keywords: readonly string[]): RankedStory => ({
    ...sampleRanked(sampleArticle({ key }), { theme: 'world', score }),
    keywords,
  });
  const judgement = { outletOf: ({ lead }: RankedStory) => lead, isPinned: () => false };
  const order = (stories: readonly RankedStory[], given = {}) =>
    orderSection(stories, { ...judgement, ...given }).map(({ lead }) => lead);

  test('puts no two courts in a row where something as good fits between', () => {
    const [a, b] = [story('a', 3, ['court']), story('b', 2.9, ['judge', 'court'])];
    expect(order([a, b, story('c', 2.8, ['ferry'])])).toEqual(['a', 'c', 'b']);
  });

  test('never moves a much weaker story up, nor a pinned one down', () => {
    const [a, b] = [story('a', 3, ['court']), story('b', 2.9, ['court'])];
    expect(order([a, b, story('c', 1, ['ferry'])])).toEqual(['a', 'b', 'c']);
    const pinned = story('b', 0, ['court']);
    const isPinned = ({ lead }: RankedStory) => lead === 'b';
    expect(order([pinned, a, story('c', 2.9, [])], { isPinned })).toEqual(['b', 'c', 'a']);
  });

  test('lets outlets take turns', () => {
    const outletOf = ({ lead }: RankedStory) => lead.slice(0, 1);
    const stories = ['x1', 'x2', 'y1'].map((key, place) => story(key, 3 - place / 10, []));
    expect(order(stories, { outletOf })).toEqual(['x1', 'y1', 'x2']);
  });
});
