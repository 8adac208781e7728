import { listIssueStories, type IssueDocument, type StoryDecision } from '../domain/issue.ts';
import type { RankedStory } from '../domain/story.ts';
import { chooseHeadline } from './choose-headline.ts';
import type { CompositionContext } from './composition-context.ts';
import type { Cut } from './judgement.ts';
import { listArticles } from './list-articles.ts';

/** What became of each story: those of the issue in printed order, then those that were cut, best first. What was cut without a reason of its own stands below the cut. */
export function decideStories(
  ranked: readonly RankedStory[],
  issue: { readonly document: IssueDocument; readonly cut: ReadonlyMap<string, Cut> },
  context: CompositionContext,
): readonly StoryDecision[] {
  const byId = new Map(ranked.map((story) => [story.id, story]));
  const printed = listIssueStories(issue.document);
  const ids = new Set(printed.map(({ id }) => id));
  return [
    ...printed.flatMap(({ id, headline }) => {
      const story = byId.get(id);
      const place = findPlace(id, issue.document);
      return story ? [decide(story, { headline, place, reason: null, detail: null })] : [];
    }),
    ...ranked
      .filter(({ id }) => !ids.has(id))
      .map((story) => {
        const headline = chooseHeadline(listArticles(story, context));
        const why = issue.cut.get(story.id) ?? { reason: 'below-cut' as const, detail: null };
        return decide(story, { headline, place: 'cut', ...why });
      }),
  ];
}

function decide(
  { id, articles, theme, score, terms }: RankedStory,
  decision: Pick<StoryDecision, 'headline' | 'place' | 'reason' | 'detail'>,
): StoryDecision {
  return { story: id, articles, theme, score, terms, ...decision };
}

function findPlace(id: string, { lead, inBrief }: IssueDocument): StoryDecision['place'] {
  if (lead?.id === id) return 'lead';
  return inBrief.some((story) => story.id === id) ? 'in-brief' : 'section';
}
