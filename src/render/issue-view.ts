import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import type { Difference, Source, StoryMark } from '../domain/issue.ts';
import {
  chooseFurniture,
  directionOf,
  primaryLanguage,
  renderCount,
  renderPhrase,
  type Catalogue,
  type Furniture,
} from './catalogue.ts';
import type { Logo } from '../domain/newsletter.ts';
import { chooseMethod } from './choose-method.ts';
import { composeChart, type ChartView } from './compose-chart.ts';
import type { TemplateKit } from './compile-templates.ts';
import { composeWelcome, type Reception, type WelcomeView } from './compose-welcome.ts';
import { choosePreheader, chooseSubject } from './choose-subject.ts';
import { cleanLink, cleanText } from './clean-text.ts';
import { listLinks, NAMED_SOURCES } from './list-links.ts';
import { renderDate } from './render-date.ts';
import { wordChanges } from './word-changes.ts';
import { renderSlot } from '../domain/slots.ts';

/** An issue as one group of readers gets it. */
export interface TailoredIssue extends Reception {
  readonly document: IssueDocument;
  /** BCP 47 language of the furniture around the stories. */
  readonly language: string;
  /** True when the issue's date lies before the reader's. */
  readonly isOlder: boolean;
  /** The look the reader chose; the newsletter's own when left out. */
  readonly look?: string;
}

/** One named source; `url` is empty when it has no page, `number` counts the links of the text part. */
interface SourceView {
  readonly outlet: string;
  readonly url: string;
  readonly number: string;
}

interface StoryView {
  readonly headline: string;
  readonly url: string;
  readonly summary: string;
  readonly whyItMatters: string;
  readonly whatNext: string;
  readonly whatChanged: string;
  readonly reportsDiffer: string;
  readonly marks: readonly string[];
  readonly sources: readonly SourceView[];
  /** `+3` when more reported it than are named; else empty. */
  readonly more: string;
  /** How many reports are not copies, when fewer than the outlets; else empty. */
  readonly independent: string;
  readonly image: ImageView | null;
}

interface NumberView {
  readonly figure: string;
  readonly sentence: string;
  readonly source: SourceView;
  readonly chart: ChartView | null;
}

interface ImageView {
  readonly url: string;
  readonly alt: string;
  readonly credit: string;
}

/** All a template can see: plain texts, numbers and lists, in the order they are printed. An empty text means: leave it out. */
export interface IssueView extends WelcomeView {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly start: 'left' | 'right';
  /** Set on the stories when they are not in the language of the furniture; else null. */
  readonly stories: { language: string; direction: string; start: string } | null;
  readonly words: Catalogue;
  readonly subject: string;
  readonly preheader: string;
  readonly padding: string;
  readonly name: string;
  readonly postalAddress: string;
  readonly date: string;
  readonly size: string;
  readonly notice: string;
  readonly logo: Logo | null;
  readonly openingNote: { text: string; author: string } | null;
  readonly dayInALine: string;
  readonly lead: StoryView | null;
  readonly sections: readonly { name: string; stories: readonly StoryView[] }[];
  readonly inBrief: readonly StoryView[];
  readonly numberOfTheDay: NumberView | null;
  readonly quoteOfTheDay: { quote: string; speaker: string; source: SourceView } | null;
  readonly why: string;
  /** The links of the text part, number 1 first. */
  readonly links: readonly { number: string; url: string }[];
}

/** Invisible characters after the preheader, so that the inbox does not go on with the body's first words. */
export const PADDING = '\u034f\u200c\u00a0'.repeat(60);

/** What the templates print of an issue: every text cleaned, only web links kept, every wording chosen. */
export function composeIssueView(
  kit: Pick<TemplateKit, 'catalogues' | 'logo' | 'charts'>,
  tailored: TailoredIssue,
): IssueView {
  const { document } = tailored;
  const { language } = document.newsletter;
  const furniture = chooseFurniture(kit.catalogues, tailored.language);
  const links = listLinks(tailored);
  const storyLanguage = primaryLanguage(document.newsletter.language);
  const view = (story: IssueStory) => composeStory(story, { furniture, storyLanguage, links });
  const { numberOfTheDay: number, quoteOfTheDay: quote } = document;
  return {
    ...composeFrame(document, furniture),
    notice: composeNotice(tailored, furniture),
    logo: composeLogo(kit.logo),
    ...composeWelcome(tailored, { furniture, links }),
    lead: document.lead && view(document.lead),
    sections: document.sections.map((section) => ({
      name: cleanText(section.name),
      stories: section.stories.map(view),
    })),
    inBrief: document.inBrief.map(view),
    numberOfTheDay: number && {
      figure: cleanText(number.figure),
      sentence: cleanText(number.sentence),
      source: composeSource(number.source, links),
      chart: kit.charts === false ? null : composeChart(number, { language, furniture }),
    },
    quoteOfTheDay: quote && {
      quote: cleanText(quote.quote),
      speaker: cleanText(quote.speaker),
      source: composeSource(quote.source, links),
    },
    links: links.map((url, place) => ({ number: String(place + 1), url })),
  };
}

type Frame = Omit<
  IssueView,
  | 'logo'
  | 'notice'
  | keyof WelcomeView
  | 'lead'
  | 'sections'
  | 'inBrief'
  | 'numberOfTheDay'
  | 'quoteOfTheDay'
  | 'links'
>;

function composeFrame(document: IssueDocument, furniture: Furniture): Frame {
  const name = cleanText(document.newsletter.name);
  const stories = listIssueStories(document);
  const headlines = stories.map((story) => cleanText(story.headline)).filter(Boolean);
  const subject = chooseSubject(headlines, name);
  const rest = [...headlines.slice(1), cleanText(stories[0]?.summary)];
  return {
    language: furniture.language,
    direction: furniture.direction,
    start: startOf(furniture.direction),
    stories: composeStoryLanguage(document.newsletter.language, furniture.language),
    words: { ...furniture.words, method: chooseMethod(document, furniture) },
    subject,
    preheader: choosePreheader(rest, subject),
    padding: PADDING,
    name,
    postalAddress: cleanText(document.newsletter.postalAddress),
    date: renderDate(document.date, furniture.language),
    size: composeSize(document.counts, furniture),
    openingNote: composeOpeningNote(document),
    dayInALine: cleanText(document.dayInALine),
    why: renderPhrase(furniture.words['why'] ?? '', {
      newsletter: name,
      address: renderSlot('readerAddress'),
    }),
  };
}

function composeOpeningNote({ openingNote: note }: IssueDocument): IssueView['openingNote'] {
  const text = cleanText(note?.text);
  return text === '' ? null : { text, author: cleanText(note?.author) };
}

function composeLogo(logo: Logo | null | undefined): Logo | null {
  const url = cleanLink(logo?.url);
  return logo && url ? { url, width: Number(logo.width), alt: cleanText(logo.alt) } : null;
}

/** How the stories are marked when they are not in the language of the furniture; else null. */
export function composeStoryLanguage(stories: string, furniture: string): IssueView['stories'] {
  const language = primaryLanguage(stories);
  if (!/^[a-z]{2,3}$/.test(language) || language === furniture) return null;
  const direction = directionOf(language);
  return { language, direction, start: startOf(direction) };
}

/** Where a line begins. */
export function startOf(direction: 'ltr' | 'rtl'): 'left' | 'right' {
  return direction === 'rtl' ? 'right' : 'left';
}

/** "4 min · 21 stories · 38 sources" */
function composeSize(counts: IssueDocument['counts'], furniture: Furniture): string {
  return [
    renderCount(furniture, 'minutes', Number(counts.minutes)),
    renderCount(furniture, 'stories', Number(counts.stories)),
    renderCount(furniture, 'sources', Number(counts.outlets)),
  ].join(' · ');
}

function composeNotice({ document, isOlder }: TailoredIssue, { words }: Furniture): string {
  const older = isOlder ? words['yesterdaysBrief'] : '';
  const quiet = document.isQuiet ? words['quietDay'] : '';
  return [older, quiet].filter(Boolean).join(' ');
}

/** What a story is printed with; `storyLanguage` is the primary one of the stories themselves. */
interface StoryFrame {
  readonly furniture: Furniture;
  readonly storyLanguage: string;
  readonly links: readonly string[];
}

function composeStory(
  story: IssueStory,
  { furniture, storyLanguage, links }: StoryFrame,
): StoryView {
  const sources = story.sources.map((source) => composeSource(source, links));
  const more = sources.length - NAMED_SOURCES;
  const isCopied = story.independent > 0 && story.independent < sources.length;
  return {
    headline: cleanText(story.headline),
    url: sources.find((source) => source.url)?.url ?? '',
    summary: cleanText(story.summary),
    whyItMatters: cleanText(story.whyItMatters),
    whatNext: cleanText(story.whatNext),
    whatChanged: wordChanges(story, storyLanguage),
    reportsDiffer: wordDifference(story.reportsDiffer, furniture),
    marks: story.marks.map((mark) => furniture.words[MARK_WORDS[mark]] ?? ''),
    sources: sources.slice(0, NAMED_SOURCES),
    more: more > 0 ? `+${String(more)}` : '',
    independent: isCopied ? renderCount(furniture, 'independent', story.independent) : '',
    image: composeImage(story, furniture),
  };
}

/** "14 dead (Tidewire), 17 (Harbour Times)": what is counted is said once. */
function wordDifference(difference: Difference | null, { words }: Furniture): string {
  const figures = difference?.figures ?? [];
  const worded = figures.map(({ figure, outlet }, place) =>
    renderPhrase(words['figureOf'] ?? '', {
      figure: cleanText(place === 0 ? `${figure} ${difference?.about ?? ''}` : figure),
      outlet: cleanText(outlet),
    }),
  );
  return worded.join(`${words['comma'] ?? ','} `);
}

const MARK_WORDS: Readonly<Record<StoryMark, string>> = {
  new: 'markNew',
  update: 'markUpdate',
  'single-source': 'markSingleSource',
};

function composeImage({ image }: IssueStory, { words }: Furniture): ImageView | null {
  const url = cleanLink(image?.url);
  if (!image || !url) return null;
  const credit = cleanText(image.credit);
  return {
    url,
    alt: cleanText(image.alt),
    credit: credit && renderPhrase(words['imageCredit'] ?? '', { credit }),
  };
}

function composeSource(source: Source, links: readonly string[]): SourceView {
  const url = cleanLink(source.url);
  return {
    outlet: cleanText(source.outlet),
    url,
    number: url ? String(links.indexOf(url) + 1) : '',
  };
}
