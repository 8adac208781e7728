import type { Candidate } from '../../src/domain/article.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import type { RankedStory, Story } from '../../src/domain/story.ts';

/** An ordinary English article with what a test says about it. */
export function sampleArticle(given: Partial<Candidate> & { key: string }): Candidate {
  return {
    url: `https://example.org/${given.key}`,
    title: `Headline number ${given.key} about a town`,
    summary: '',
    text: '',
    outlet: { key: `${given.key}.example`, name: `Outlet ${given.key}` },
    language: 'en',
    publishedAt: '2026-03-02T05:00:00.000Z',
    isDateGuessed: false,
    image: null,
    categories: [],
    feedWeight: 1,
    position: 0,
    themeHint: null,
    ...given,
  };
}

/** The story these articles make, the first one leading. */
export function sampleStory(articles: readonly Candidate[], given: Partial<Story> = {}): Story {
  const keys = articles.map(({ key }) => key);
  const lead = keys[0] ?? '';
  return {
    id: `s-${lead}`,
    articles: keys,
    lead,
    independent: articles.length,
    keywords: [],
    ...given,
  };
}

/** A story already ranked: of one article, with the score and theme given. */
export function sampleRanked(
  article: Candidate,
  given: { theme: string | null; score: number },
): RankedStory {
  return {
    ...sampleStory([article]),
    confidence: 1,
    terms: { independent: given.score },
    ...given,
  };
}

export function mapArticles(articles: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  return new Map(articles.map((article) => [article.key, article]));
}

export const MORNING: Newsletter = {
  slug: 'morning',
  name: 'The Morning',
  language: 'en',
  sender: { name: 'The Morning', address: 'morning@example.org' },
  zone: 'Europe/Berlin',
  sendTime: '07:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  kind: 'daily',
  deadlineMinutes: 240,
  missedRun: 'skip',
  look: 'broadsheet',
  minimumStories: 3,
  postalAddress: '1 Harbour Street, Port Alder',
  themes: ['world', 'politics', 'business', 'science', 'sport'].map((slug) => ({
    slug,
    name: `The ${slug}`,
    words: [],
    cap: 4,
  })),
  defaultTheme: null,
  editors: [],
  readerTime: 'newsletter',
  holidays: [],
  isPaused: false,
};
