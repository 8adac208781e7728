import type { Difference, IssueStory, Source, StoryMark } from '../domain/issue.ts';
import { renderCount, renderPhrase, type Furniture } from './catalogue.ts';
import { cleanLink, cleanText } from './clean-text.ts';
import { NAMED_SOURCES } from './list-links.ts';
import { wordChanges } from './word-changes.ts';

/** One named source; `url` is empty when it has no page, `number` counts the links of the text part. */
export interface SourceView {
  readonly outlet: string;
  readonly url: string;
  readonly number: string;
}

/** A story as a template sees it: plain texts; an empty one means: leave it out. */
export interface StoryView {
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

interface ImageView {
  readonly url: string;
  readonly alt: string;
  readonly credit: string;
}

/** What a story is printed with; `storyLanguage` is the primary one of the stories themselves. */
interface StoryFrame {
  readonly furniture: Furniture;
  readonly storyLanguage: string;
  readonly links: readonly string[];
}

/** A story in the words of a mail. */
export function composeStory(
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

/** A source with its number among the links of the text part. */
export function composeSource(source: Source, links: readonly string[]): SourceView {
  const url = cleanLink(source.url);
  return {
    outlet: cleanText(source.outlet),
    url,
    number: url ? String(links.indexOf(url) + 1) : '',
  };
}
