import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import { renderSlot } from '../domain/slots.ts';
import {
  chooseFurniture,
  primaryLanguage,
  renderCount,
  renderPhrase,
  type Furniture,
} from './catalogue.ts';
import { chooseMethod } from './choose-method.ts';
import { choosePreheader, chooseSubject } from './choose-subject.ts';
import { cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { composeChart, type ChartView } from './compose-chart.ts';
import { composeWelcome, type Reception, type WelcomeView } from './compose-welcome.ts';
import { composeFrameView, type FrameView } from './frame-view.ts';
import { listLinks } from './list-links.ts';
import { renderDate } from './render-date.ts';
import { composeSource, composeStory, type SourceView, type StoryView } from './story-view.ts';

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

interface NumberView {
  readonly figure: string;
  readonly sentence: string;
  readonly source: SourceView;
  readonly chart: ChartView | null;
}

/** All a template can see: plain texts, numbers and lists, in the order they are printed. An empty text means: leave it out. */
export interface IssueView extends FrameView, WelcomeView {
  readonly subject: string;
  readonly preheader: string;
  readonly date: string;
  readonly size: string;
  readonly notice: string;
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
    ...composeFrameView(document.newsletter, furniture, kit.logo),
    ...composeIssueFrame(document, furniture),
    notice: composeNotice(tailored, furniture),
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

type IssueFrame = Pick<
  IssueView,
  'words' | 'subject' | 'preheader' | 'date' | 'size' | 'openingNote' | 'dayInALine' | 'why'
>;

function composeIssueFrame(document: IssueDocument, furniture: Furniture): IssueFrame {
  const name = cleanText(document.newsletter.name);
  const stories = listIssueStories(document);
  const headlines = stories.map((story) => cleanText(story.headline)).filter(Boolean);
  const subject = chooseSubject(headlines, name);
  const rest = [...headlines.slice(1), cleanText(stories[0]?.summary)];
  return {
    words: { ...furniture.words, method: chooseMethod(document, furniture) },
    subject,
    preheader: choosePreheader(rest, subject),
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
