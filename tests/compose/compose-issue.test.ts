import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeIssue } from '../../src/compose/compose-issue.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { listIssueStories, type IssueDocument } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import type { RankedStory } from '../../src/domain/story.ts';
import { mapArticles, MORNING, sampleArticle, sampleRanked } from './sample-stories.ts';

const SLUGS = MORNING.themes.map(({ slug }) => slug);

/** `count` articles with a summary each, their stories ranked in this order, the themes taking turns. */
function sampleDay(count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, place) =>
    sampleArticle({
      key: `k${String(place).padStart(3, '0')}`,
      summary: `Council number ${place} voted to open its library on Sundays from next month.`,
    }),
  );
}

function compose(
  articles: readonly Candidate[],
  given: { newsletter?: Newsletter; themeOf?: (place: number) => string | null } = {},
): IssueDocument {
  const { newsletter = MORNING, themeOf = (place) => SLUGS[place % SLUGS.length] ?? null } = given;
  const ranked = articles.map((article, place) =>
    sampleRanked(article, { theme: themeOf(place), score: 1_000 - place }),
  );
  return composeRanked(ranked, articles, newsletter);
}

function composeRanked(
  ranked: readonly RankedStory[],
  articles: readonly Candidate[],
  newsletter = MORNING,
): IssueDocument {
  const context = { newsletter, date: '2026-03-02', articles: mapArticles(articles) };
  return composeIssue(ranked, context).document;
}

describe('a day with plenty', () => {
  const document = compose(sampleDay(120));

  test('has the big one, sections in the order of the themes, and the rest in brief', () => {
    expect(document.lead?.articles).toEqual(['k000']);
    expect(document.sections.map(({ theme }) => theme)).toEqual(SLUGS);
    expect(document.sections[0]?.name).toBe('The world');
    for (const { stories } of document.sections) {
      expect(stories.length).toBeGreaterThanOrEqual(2);
      expect(stories.length).toBeLessThanOrEqual(4);
    }
    expect(document.inBrief).toHaveLength(8);
  });

  test('is told in a line with one headline of each of three sections', () => {
    const names = ['Orrin buys Halden today', 'Petrel lands on the Moon', 'Sarabel goes to vote'];
    const articles = sampleDay(120).map((article, place) => ({
      ...article,
      title: `${names[place % SLUGS.length] ?? 'Rovers win the cup'} ${place}`,
    }));
    const parts = (compose(articles).dayInALine ?? '').split('; ');
    expect(new Set(parts.map((part) => part.replace(/ \d+\.?$/, ''))).size).toBe(3);
  });

  test('has 18 to 25 stories, none twice, and counts what it prints', () => {
    const ids = listIssueStories(document).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(18);
    expect(ids.length).toBeLessThanOrEqual(25);
    const count = ids.length;
    expect(document.counts).toMatchObject({ stories: count, outlets: count, articles: count });
    expect(document.counts.minutes).toBe(Math.ceil(document.counts.words / 238));
    expect(document.isQuiet).toBe(false);
  });

  test('carries what a reader must be told of the newsletter', () => {
    const { slug, name, language, sender, postalAddress } = MORNING;
    expect(document.newsletter).toEqual({ slug, name, language, sender, postalAddress });
    expect(document).toMatchObject({ version: 1, date: '2026-03-02', kind: 'daily' });
  });
});

describe('sections', () => {
  test('hold no more than their theme allows', () => {
    const themes = MORNING.themes.map((theme) => ({ ...theme, cap: 2 }));
    const { sections } = compose(sampleDay(60), { newsletter: { ...MORNING, themes } });
    expect(sections.map(({ stories }) => stories.length)).toEqual([2, 2, 2, 2, 2]);
  });

  test('of one story, and stories without a theme, are told in brief', () => {
    const { sections, inBrief } = compose(sampleDay(5), {
      themeOf: (place) => (place < 4 ? 'sport' : null),
    });
    expect(sections.map(({ theme }) => theme)).toEqual(['sport']);
    expect(inBrief.map(({ articles }) => articles[0])).toEqual(['k004']);
    const lone = compose(sampleDay(2), { themeOf: () => 'sport' });
    expect(lone.sections).toEqual([]);
    expect(lone.inBrief).toHaveLength(1);
  });

  test('take at most three stories led by one outlet while others have something', () => {
    const outlet = { key: 'loud.example', name: 'Loud' };
    const articles = sampleDay(8).map((article, place) =>
      place < 6 ? { ...article, outlet } : article,
    );
    const { sections } = compose(articles, { themeOf: () => 'world' });
    const outlets = sections[0]?.stories.map(({ sources }) => sources[0]?.outlet);
    expect(outlets?.filter((name) => name === 'Loud')).toHaveLength(3);
    expect(outlets).toHaveLength(4);
  });

  test('are the five strongest when there are more themes', () => {
    const slugs = [...SLUGS, 'garden'];
    const themes = slugs.map((slug) => ({ slug, name: slug, words: [], cap: 4 }));
    const { sections } = compose(sampleDay(60), {
      newsletter: { ...MORNING, themes },
      themeOf: (place) => slugs[6 - (place % 7)] ?? null,
    });
    expect(sections.map(({ theme }) => theme)).toEqual(slugs.slice(1));
  });
});

describe('a printed story', () => {
  const fire = sampleArticle({
    key: 'fire',
    title: 'Warehouse burns in Port Alder harbour',
    summary: 'A fire destroyed a grain warehouse in Port Alder on Sunday night.',
    image: { url: 'https://img.example.org/fire.jpg', width: 800, height: 400, alt: 'Smoke' },
  });
  const again = { ...fire, key: 'fire-2', title: 'Warehouse: what we know' };
  const other = sampleArticle({
    key: 'other',
    title: 'Two hurt in Port Alder blaze',
    summary: 'Two firefighters suffered burns when a warehouse burned in Port Alder.',
    url: null,
  });
  const ranked: RankedStory = {
    ...sampleRanked(fire, { theme: 'world', score: 3 }),
    articles: ['fire', 'fire-2', 'other'],
    independent: 2,
  };
  const document = composeRanked([ranked], [fire, again, other]);

  test('names each outlet once, the lead first, and claims nothing it cannot support', () => {
    expect(document.lead).toMatchObject({
      headline: 'Warehouse burns in Port Alder harbour',
      summary: 'A fire destroyed a grain warehouse in Port Alder on Sunday night.',
      whyItMatters: null,
      whatNext: null,
      whatChanged: null,
      reportsDiffer: null,
      independent: 2,
      marks: [],
      theme: 'world',
      publishedAt: fire.publishedAt,
      articles: ['fire', 'fire-2', 'other'],
    });
    expect(document.lead?.sources).toEqual([
      { outlet: 'Outlet fire', title: fire.title, url: fire.url },
      { outlet: 'Outlet other', title: other.title, url: null },
    ]);
    expect(document.counts).toMatchObject({ stories: 1, outlets: 2, articles: 3, minutes: 1 });
  });

  test('has a credited image over https, or none', () => {
    expect(document.lead?.image).toEqual({ ...fire.image, credit: 'Outlet fire' });
    const url = 'http://img.example.org/fire.jpg';
    const plain = { ...fire, image: { url, width: 800, height: 400, alt: 'Smoke' } };
    expect(composeRanked([ranked], [plain, other]).lead?.image).toBeNull();
    const sized = 'https://img.example.org/fire.jpg';
    const unsized = { ...fire, image: { url: sized, width: 800, height: null, alt: '' } };
    expect(composeRanked([ranked], [unsized, other]).lead?.image).toBeNull();
  });

  test('is marked when a single source has it', () => {
    expect(compose([fire]).lead?.marks).toEqual(['single-source']);
  });

  test('the day in a line is another sentence of the big story, never the printed one again', () => {
    const news =
      'Engineers fear that fumes will keep schools along the river closed until the weekend.';
    const more = { ...other, summary: news };
    expect(composeRanked([ranked], [fire, again, more]).dayInALine).toBe(news);
    expect(document.dayInALine).toBeNull();
    expect(compose([fire]).dayInALine).toBeNull();
  });

  test('in brief is its headline alone, and only the big one has an image', () => {
    const { inBrief, sections } = compose(
      sampleDay(6).map((article) => ({ ...article, image: fire.image })),
      { themeOf: (place) => (place < 5 ? 'world' : null) },
    );
    expect(inBrief.map(({ summary, image }) => [summary, image])).toEqual([['', null]]);
    expect(sections[0]?.stories.map(({ image }) => image)).toEqual([null, null, null, null]);
  });
});

/** So long that no second sentence has room beside it. */
const OPENING =
  'The council of Port Alder met on Sunday to speak about its bridge, which has carried the trams, the mail and the market carts over the harbour ever since the old ferry was given up for good.';

const TITLE = 'Bridge over the harbour divides the people of Port Alder';

describe('the number of the day', () => {
  function numberOf(sentence: string): IssueDocument['numberOfTheDay'] {
    const lead = sampleArticle({ key: 'lead', title: TITLE, summary: `${OPENING} ${sentence}` });
    return compose([lead]).numberOfTheDay;
  }

  test('is a striking figure in a sentence that stands nowhere else, with its source', () => {
    const sentence = 'Builders in Port Alder put the price of another one at $48.5 million.';
    expect(numberOf(sentence)).toEqual({
      figure: '$48.5 million',
      sentence,
      source: {
        outlet: 'Outlet lead',
        title: TITLE,
        url: 'https://example.org/lead',
      },
    });
  });

  test.each([
    ['12,400', 'Some 12,400 people of Port Alder cross the harbour on a working day.'],
    ['61 percent', 'Only 61 percent of the people of Port Alder want the bridge at all.'],
    ['61%', 'Only 61% of the people of Port Alder want the bridge at all.'],
    ['2 million', 'More than 2 million tons of grain pass through Port Alder in a year.'],
  ])('finds %s', (figure, sentence) => {
    expect(numberOf(sentence)?.figure).toBe(figure);
  });

  test.each([
    ['names nothing of the titles', 'Some 12,400 pupils had no lessons by the harbour.'],
    ['counts what is printed already', 'Ships evacuated 58,200 people of Port Alder.'],
  ])('is not in a sentence that %s', (_, sentence) => {
    const summary = `${OPENING} ${sentence}`;
    const printed = 'About 58,000 people of Port Alder were evacuated from the harbour.';
    const article = sampleArticle({ key: 'lead', title: TITLE, summary });
    const others = [article, sampleArticle({ key: 'next', title: printed, summary: printed })];
    expect(compose(others).numberOfTheDay).toBeNull();
  });

  test.each([
    'Port Alder built its last bridge in 1987 and tore it down in 2004.',
    'Members of the council will meet again on March 14 at 18:30 in town.',
    'Port Alder beat the visitors from Cleo Bay 3-1 on the same evening.',
  ])('is no year, date, time or score: "%s"', (sentence) => {
    expect(numberOf(sentence)).toBeNull();
  });
});

describe('the quote of the day', () => {
  function quoteOf(sentence: string): IssueDocument['quoteOfTheDay'] {
    return compose([sampleArticle({ key: 'lead', summary: `${OPENING} ${sentence}` })])
      .quoteOfTheDay;
  }

  test.each([
    '“A bridge is a promise with two ends,” said Mayor Cleo Hart.',
    '"A bridge is a promise with two ends," Mayor Cleo Hart said.',
    'Mayor Cleo Hart said: “A bridge is a promise with two ends.”',
  ])('is a whole sentence of somebody with a name: %s', (sentence) => {
    const found = quoteOf(sentence);
    expect(found?.quote).toMatch(/^A bridge is a promise with two ends\.?$/);
    expect(found).toMatchObject({ speaker: 'Mayor Cleo Hart', source: { outlet: 'Outlet lead' } });
  });

  test.each([
    '“A bridge is a promise with two ends,” she said.',
    'Mayor Cleo Hart called the bridge “a promise with two ends”.',
    '“No,” said Mayor Cleo Hart.',
  ])('is not %s', (sentence) => {
    expect(quoteOf(sentence)).toBeNull();
  });

  test('gives way to a number of the same story', () => {
    const text =
      '“A bridge is a promise with two ends,” said Mayor Cleo Hart. Some 12,400 people of Port Alder cross it on a working day.';
    const lead = sampleArticle({ key: 'lead', title: TITLE, summary: OPENING, text });
    const document = compose([lead]);
    expect(document.quoteOfTheDay).toBeNull();
    expect(document.numberOfTheDay?.figure).toBe('12,400');
  });
});

describe('a day with little', () => {
  test('below ten stories is quiet', () => {
    expect(compose(sampleDay(9)).isQuiet).toBe(true);
    expect(compose(sampleDay(30)).isQuiet).toBe(false);
  });

  test('with nothing has no lead and still a minute', () => {
    const document = compose([]);
    expect(document).toMatchObject({ lead: null, sections: [], inBrief: [], dayInALine: null });
    expect(document.counts).toEqual({ stories: 0, outlets: 0, articles: 0, words: 0, minutes: 1 });
  });

  test('gives the first place to a story with something to tell', () => {
    const [bare, told] = [sampleArticle({ key: 'bare' }), ...sampleDay(1)];
    expect(compose([bare, told].flatMap((article) => article ?? [])).lead?.articles).toEqual([
      'k000',
    ]);
  });

  test('leaves out other languages and stories without a word', () => {
    const german = sampleArticle({ key: 'de', language: 'de' });
    const silent = sampleArticle({ key: 'mute', title: '' });
    const unknown = sampleArticle({ key: 'unknown', language: null });
    const keys = listIssueStories(compose([german, silent, unknown])).map(
      ({ articles }) => articles,
    );
    expect(keys).toEqual([['unknown']]);
  });
});

test('for any day no story stands twice, none is invented, and the numbers are right', () => {
  const theme = fc.constantFrom(...SLUGS, 'unknown', null);
  fc.assert(
    fc.property(fc.array(theme, { maxLength: 80 }), (themes) => {
      const document = compose(sampleDay(themes.length), {
        themeOf: (place) => themes[place] ?? null,
      });
      const stories = listIssueStories(document);
      expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
      expect(stories.length).toBeLessThanOrEqual(25);
      expect(document.counts.stories).toBe(stories.length);
      for (const section of document.sections)
        for (const story of section.stories) expect(story.theme).toBe(section.theme);
      expect(document.lead === null).toBe(themes.length === 0);
    }),
    { numRuns: 50 },
  );
});
