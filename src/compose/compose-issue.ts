import type { Candidate } from '../domain/article.ts';
import { USUAL_RULES } from '../domain/editorial-rules.ts';
import {
  listIssueStories,
  type IssueDocument,
  type IssueStory,
  type StoryDecision,
} from '../domain/issue.ts';
import type { RankedStory } from '../domain/story.ts';
import { admitStories, isPinned } from './admit-stories.ts';
import { arrangeStories, type Arrangement } from './arrange-stories.ts';
import { chooseDayLine } from './choose-day-line.ts';
import { chooseNumber } from './choose-number.ts';
import type { CompositionContext } from './composition-context.ts';
import { countIssueWords } from './count-issue-words.ts';
import { countMinutes } from './count-minutes.ts';
import { chooseQuote } from './choose-quote.ts';
import { decideStories } from './decide-stories.ts';
import { fitBudget } from './fit-budget.ts';
import type { Cut } from './judgement.ts';
import { listArticles } from './list-articles.ts';
import { markThread } from './mark-thread.ts';
import { printStory, type Place } from './print-story.ts';
import { rewriteStory } from './rewrite-story.ts';
import { summarizeStory } from './summarize-story.ts';

const LEAD: Place = { mostWords: 45, hasImage: true, hasContext: true };
const IN_SECTION: Place = { mostWords: 35, hasImage: false, hasContext: false };
const IN_BRIEF: Place = { mostWords: 0, hasImage: false, hasContext: false };
/** So many of the best ranked stories also say why they matter and what comes next. */
const MOST_WITH_CONTEXT = 5;
const QUIET_BELOW = 10;

/** An issue, and for every story where it stands or why it does not. */
export interface ComposedIssue {
  readonly document: IssueDocument;
  readonly decisions: readonly StoryDecision[];
}

type Places = Pick<IssueDocument, 'lead' | 'sections' | 'inBrief'>;

/** Composes the issue of a day from its ranked stories, best first: the big one, sections by theme, and the rest in brief, all within the newsletter's reading time. */
export function composeIssue(
  ranked: readonly RankedStory[],
  context: CompositionContext,
): ComposedIssue {
  const { admitted, cut } = admitStories(ranked, context);
  const arranged = placeStories(admitted, context);
  const pinned = admitted.filter((story) => isPinned(story, context));
  const fitted = fitIssue(
    printPlaces(arranged, new Set(admitted.slice(0, MOST_WITH_CONTEXT)), context),
    new Set(pinned.map(({ id }) => id)),
    context,
  );
  const budget: Cut = { reason: 'word-budget', detail: `${limitMinutes(context)} minutes` };
  const reasons = [...cut, ...arranged.cut].map(([{ id }, why]) => [id, why] as const);
  const whys = new Map([...reasons, ...fitted.dropped.map((id) => [id, budget] as const)]);
  const { document } = fitted;
  return { document, decisions: decideStories(ranked, { document, cut: whys }, context) };
}

function limitMinutes({ newsletter }: CompositionContext): number {
  return (newsletter.rules ?? USUAL_RULES).minutes;
}

/** A number of the day may be told by a story that has to go, so the rest is put together anew until all of it fits. */
function fitIssue(places: Places, pinned: ReadonlySet<string>, context: CompositionContext) {
  const whole = assembleIssue(places, context);
  const { document, dropped } = fitBudget(whole, limitMinutes(context), pinned);
  if (dropped.length === 0) return { document, dropped };
  const again: ReturnType<typeof fitBudget> = fitIssue(document, pinned, context);
  return { document: again.document, dropped: [...dropped, ...again.dropped] };
}

function assembleIssue(
  { lead, sections, inBrief }: Places,
  context: CompositionContext,
): IssueDocument {
  const { newsletter, date, openingNote } = context;
  const { slug, name, language, sender, postalAddress } = newsletter;
  const stories = listIssueStories({ lead, sections, inBrief });
  const printed = stories.map(joinTexts).join('\n');
  const sources = stories.map((story) => listArticles(story, context));
  const dayInALine = chooseDayLine({
    articles: sources[0] ?? [],
    headlines: listHeadlines(sections, inBrief),
    printed,
  });
  const content = {
    version: 1 as const,
    newsletter: { slug, name, language, sender, postalAddress },
    date,
    kind: newsletter.kind,
    dayInALine,
    ...(openingNote ? { openingNote } : {}),
    lead,
    sections,
    inBrief,
    ...chooseFigure(sources, [printed, dayInALine ?? ''].join('\n')),
    isQuiet: stories.length < QUIET_BELOW,
  };
  const words = countIssueWords(content);
  const counts = { ...countSources(stories, context), words, minutes: countMinutes(words) };
  return { ...content, counts };
}

/** Of all sections the first, the best of them before others: a day is more than its largest section. */
function listHeadlines(sections: Places['sections'], inBrief: Places['inBrief']) {
  const firsts = sections.flatMap(({ stories }) => stories.slice(0, 1));
  const others = sections.flatMap(({ stories }) => stories.slice(1));
  return [...firsts.toSorted((a, b) => b.score - a.score), ...others, ...inBrief].map(
    ({ headline }) => headline,
  );
}

function placeStories(admitted: readonly RankedStory[], context: CompositionContext): Arrangement {
  const { newsletter } = context;
  return arrangeStories(admitted, newsletter.themes, {
    outletOf: (story) => context.articles.get(story.lead)?.outlet.key ?? '',
    outletCap: (newsletter.rules ?? USUAL_RULES).outletCap,
    canSummarize: (story) => {
      const { mostWords } = LEAD;
      return summarizeStory(listArticles(story, context), { headline: '', mostWords }) !== '';
    },
    isPinned: (story) => isPinned(story, context),
    isFirst: (story) => context.overrides?.get(story.id)?.pin === 'lead',
  });
}

function printPlaces(
  arranged: Arrangement,
  strongest: ReadonlySet<RankedStory>,
  context: CompositionContext,
): Places {
  const print = (place: Place) => (story: RankedStory) => {
    const hasContext = place.mostWords > 0 && strongest.has(story);
    const printed = printStory(story, listArticles(story, context), { ...place, hasContext });
    const rewritten = rewriteStory(printed, context.overrides?.get(story.id), place);
    return markThread(rewritten, context.news?.get(story.id), place);
  };
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

function joinTexts({ headline, summary, whyItMatters, whatChanged, whatNext }: IssueStory): string {
  return [headline, summary, whyItMatters, whatChanged, whatNext].filter(Boolean).join('\n');
}

type FigureOfTheDay = Pick<IssueDocument, 'numberOfTheDay' | 'quoteOfTheDay'>;

/** A quotation of the big story beats a number of a smaller one. */
function chooseFigure(stories: readonly (readonly Candidate[])[], printed: string): FigureOfTheDay {
  const [big = [], ...others] = stories;
  const number = chooseNumber([big], printed);
  const quote = number ? null : chooseQuote([big], printed);
  if (number ?? quote) return { numberOfTheDay: number, quoteOfTheDay: quote };
  const smaller = chooseNumber(others, printed);
  return {
    numberOfTheDay: smaller,
    quoteOfTheDay: smaller ? null : chooseQuote(others, printed),
  };
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
