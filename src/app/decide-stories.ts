import { chooseHeadline } from '../compose/choose-headline.ts';
import type { Candidate } from '../domain/article.ts';
import type { StoryOverride } from '../domain/edit.ts';
import {
  listIssueStories,
  type CutReason,
  type IssueDocument,
  type StoryDecision,
} from '../domain/issue.ts';
import type { RankedStory } from '../domain/story.ts';

interface Outcome {
  readonly articles: ReadonlyMap<string, Candidate>;
  readonly overrides: ReadonlyMap<string, StoryOverride>;
  readonly document: IssueDocument;
}

/** What became of each story: those of the issue in printed order, then those that were cut, best first. */
export function decideStories(
  stories: readonly RankedStory[],
  outcome: Outcome,
): readonly StoryDecision[] {
  const byId = new Map(stories.map((story) => [story.id, story]));
  const printed = listIssueStories(outcome.document);
  const ids = new Set(printed.map(({ id }) => id));
  return [
    ...printed.flatMap(({ id, headline }) => {
      const story = byId.get(id);
      if (!story) return [];
      return [decide(story, headline, { place: findPlace(id, outcome.document), reason: null })];
    }),
    ...stories
      .filter(({ id }) => !ids.has(id))
      .map((story) => {
        const members = story.articles.flatMap((key) => outcome.articles.get(key) ?? []);
        const headline = chooseHeadline(members);
        const reason = findReason(outcome.overrides.get(story.id), headline);
        return decide(story, headline, { place: 'cut', reason });
      }),
  ];
}

function decide(
  { id, articles, theme, score, terms }: RankedStory,
  headline: string,
  decision: Pick<StoryDecision, 'place' | 'reason'>,
): StoryDecision {
  return { story: id, articles, headline, theme, score, terms, detail: null, ...decision };
}

function findPlace(id: string, { lead, inBrief }: IssueDocument): StoryDecision['place'] {
  if (lead?.id === id) return 'lead';
  return inBrief.some((story) => story.id === id) ? 'in-brief' : 'section';
}

function findReason(override: StoryOverride | undefined, headline: string): CutReason {
  if (override?.isDropped) return 'dropped';
  return headline === '' ? 'no-headline' : 'below-cut';
}
