import type { Candidate } from '../domain/article.ts';
import type { IssueStory, Source, StoryMark } from '../domain/issue.ts';
import type { RankedStory } from '../domain/story.ts';
import { chooseHeadline } from './choose-headline.ts';
import { chooseWhatNext, chooseWhyItMatters } from './choose-context.ts';
import { findDifference } from './find-difference.ts';
import { summarizeStory } from './summarize-story.ts';

/** What one place in the issue has room for. */
export interface Place {
  /** Most words of the summary; 0 where the headline is all. */
  readonly mostWords: number;
  readonly hasImage: boolean;
  /** Whether there is room for why it matters and what comes next. */
  readonly hasContext: boolean;
}

/** A story as it is printed at its place; `articles` are its own, the lead first, at least one. */
export function printStory(
  story: RankedStory,
  articles: readonly Candidate[],
  place: Place,
): IssueStory {
  const headline = chooseHeadline(articles);
  const { mostWords } = place;
  const summary = mostWords > 0 ? summarizeStory(articles, { headline, mostWords }) : '';
  return {
    id: story.id,
    headline,
    summary,
    ...chooseSayings(articles, place, [headline, summary]),
    whatChanged: null,
    reportsDiffer: mostWords > 0 ? findDifference(articles) : null,
    sources: listSources(articles),
    independent: story.independent,
    marks: listMarks(story),
    image: place.hasImage ? chooseImage(articles[0]) : null,
    publishedAt: articles[0]?.publishedAt ?? '',
    articles: story.articles,
    theme: story.theme,
    score: story.score,
  };
}

function chooseSayings(
  articles: readonly Candidate[],
  { hasContext }: Place,
  texts: readonly string[],
): Pick<IssueStory, 'whyItMatters' | 'whatNext'> {
  if (!hasContext) return { whyItMatters: null, whatNext: null };
  const whyItMatters = chooseWhyItMatters(articles, { texts });
  const told = [...texts, whyItMatters ?? ''];
  return { whyItMatters, whatNext: chooseWhatNext(articles, { texts: told }) };
}

/** One article of each outlet, in the order of the articles. */
function listSources(articles: readonly Candidate[]): readonly Source[] {
  const byOutlet = new Map<string, Source>();
  for (const article of articles)
    if (!byOutlet.has(article.outlet.key)) byOutlet.set(article.outlet.key, nameSource(article));
  return [...byOutlet.values()];
}

/** An article as readers are told of it. */
export function nameSource({ outlet, title, url }: Candidate): Source {
  return { outlet: outlet.name, title, url };
}

function listMarks({ independent }: RankedStory): readonly StoryMark[] {
  return independent === 1 ? ['single-source'] : [];
}

/** Only over https, because mail programs warn of the rest, and only of a known size, so that the text does not jump. */
function chooseImage(lead: Candidate | undefined): IssueStory['image'] {
  const image = lead?.image;
  if (!lead || !image?.url.startsWith('https://') || !image.width || !image.height) return null;
  return { ...image, credit: lead.outlet.name };
}
