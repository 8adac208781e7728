import type { Candidate } from '../domain/article.ts';
import type { StoryOverride } from '../domain/edit.ts';
import type { IssueDocument, IssueStory } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { RankedStory } from '../domain/story.ts';
import { arrangeStories } from './arrange-stories.ts';
import { chooseDayLine } from './choose-day-line.ts';
import { chooseHeadline } from './choose-headline.ts';
import { chooseNumber } from './choose-number.ts';
import { countWords } from './count-words.ts';
import { printStory, type Place } from './print-story.ts';
import { rewriteStory } from './rewrite-story.ts';
import { summarizeStory } from './summarize-story.ts';

const LEAD: Place = { mostWords: 45, hasImage: true };
const IN_SECTION: Place = { mostWords: 35, hasImage: false };
const IN_BRIEF: Place = { mostWords: 0, hasImage: false };
const QUIET_BELOW = 10;
const WORDS_PER_MINUTE = 238;

/** What an issue is composed for and from: `articles` has every article of the ranked stories by its key. */
export interface CompositionContext {
  readonly newsletter: Newsletter;
  readonly date: LocalDate;
  readonly articles: ReadonlyMap<string, Candidate>;
  /** What an editor wants otherwise, by story id. */
  readonly overrides?: ReadonlyMap<string, StoryOverride>;
}

/** Composes the issue of a day from its ranked stories, best first: the big one, sections by theme, and the rest in brief. */
export function composeIssue(
  ranked: readonly RankedStory[],
  context: CompositionContext,
): IssueDocument {
  const { newsletter, date } = context;
  const { lead, sections, inBrief } = placeStories(ranked, context);
  const stories = [...(lead ? [lead] : []), ...sections.flatMap((s) => s.stories), ...inBrief];
  const printed = stories.map(joinTexts).join('\n');
  const dayInALine = lead ? chooseDayLine(listArticles(lead, context), printed) : null;
  const numberOfTheDay = chooseNumber(
    stories.flatMap((story) => listArticles(story, context)),
    `${printed}\n${dayInALine ?? ''}`,
  );
  const words = countWords([printed, dayInALine ?? '', numberOfTheDay?.sentence ?? ''].join('\n'));
  return {
    version: 1,
    newsletter: {
      slug: newsletter.slug,
      name: newsletter.name,
      language: newsletter.language,
      sender: newsletter.sender,
      postalAddress: newsletter.postalAddress,
    },
    date,
    kind: newsletter.kind,
    dayInALine,
    lead,
    sections,
    inBrief,
    numberOfTheDay,
    quoteOfTheDay: null,
    counts: { ...countSources(stories, context), words, minutes: countMinutes(words) },
    isQuiet: stories.length < QUIET_BELOW,
  };
}

function placeStories(
  ranked: readonly RankedStory[],
  context: CompositionContext,
): Pick<IssueDocument, 'lead' | 'sections' | 'inBrief'> {
  const { newsletter } = context;
  const printable = ranked.filter((story) => isPrintable(listArticles(story, context), newsletter));
  const arranged = arrangeStories(printable, newsletter.themes, {
    outletOf: (story) => context.articles.get(story.lead)?.outlet.key ?? '',
    canSummarize: (story) => {
      const { mostWords } = LEAD;
      return summarizeStory(listArticles(story, context), { headline: '', mostWords }) !== '';
    },
    isPinned: (story) =>
      (context.overrides?.get(story.id)?.pin ?? null) !== null ||
      listArticles(story, context).some(({ wish }) => wish?.isPinned),
    isFirst: (story) => context.overrides?.get(story.id)?.pin === 'lead',
  });
  const print = (place: Place) => (story: RankedStory) =>
    rewriteStory(
      printStory(story, listArticles(story, context), place),
      context.overrides?.get(story.id),
      place,
    );
  return {
    lead: arranged.lead && print(LEAD)(arranged.lead),
    sections: arranged.sections.map(({ theme, stories }) => ({
      theme: theme.slug,
      name: theme.name,
      stories: stories.map(print(IN_SECTION)),
    })),
    inBrief: arranged.inBrief.map(print(IN_BRIEF)),
  };
}

/** In the newsletter's language, as far as is known, and with words to print. */
function isPrintable(articles: readonly Candidate[], newsletter: Newsletter): boolean {
  const language = articles[0]?.language ?? newsletter.language;
  return language === newsletter.language && chooseHeadline(articles) !== '';
}

function listArticles(
  story: { readonly articles: readonly string[] },
  { articles }: CompositionContext,
): readonly Candidate[] {
  return story.articles.flatMap((key) => articles.get(key) ?? []);
}

function joinTexts({ headline, summary }: IssueStory): string {
  return `${headline}\n${summary}`;
}

function countSources(
  stories: readonly IssueStory[],
  context: CompositionContext,
): Pick<IssueDocument['counts'], 'stories' | 'outlets' | 'articles'> {
  const articles = stories.flatMap((story) => listArticles(story, context));
  return {
    stories: stories.length,
    outlets: new Set(articles.map(({ outlet }) => outlet.key)).size,
    articles: articles.length,
  };
}

function countMinutes(words: number): number {
  return Math.max(1, Math.ceil(words / WORDS_PER_MINUTE));
}
