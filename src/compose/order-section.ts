import type { RankedStory } from '../domain/story.ts';
import type { Judgement } from './judgement.ts';

/** Stories whose scores are no further apart are equally good to read next. */
const EQUALLY_GOOD = 0.35;

/**
 * The stories of a section, best first, but for neighbours of one kind: where the next one shares its strongest word or its outlet
 * with the one before, another that is as good goes first. Pinned stories keep their places at the top.
 */
export function orderSection(
  stories: readonly RankedStory[],
  judgement: Pick<Judgement, 'outletOf' | 'isPinned'>,
): readonly RankedStory[] {
  const ordered = stories.filter(judgement.isPinned);
  const waiting = stories.filter((story) => !judgement.isPinned(story));
  while (waiting.length > 0) {
    const place = choosePlace(waiting, ordered.at(-1), judgement);
    ordered.push(...waiting.splice(place, 1));
  }
  return ordered;
}

function choosePlace(
  waiting: readonly RankedStory[],
  before: RankedStory | undefined,
  judgement: Pick<Judgement, 'outletOf'>,
): number {
  const best = waiting[0]?.score ?? 0;
  const place = waiting.findIndex(
    (story) =>
      best - story.score <= EQUALLY_GOOD &&
      (before === undefined || !areOfOneKind(story, before, judgement)),
  );
  return Math.max(0, place);
}

function areOfOneKind(
  a: RankedStory,
  b: RankedStory,
  { outletOf }: Pick<Judgement, 'outletOf'>,
): boolean {
  const [first, second] = [a.keywords[0], b.keywords[0]];
  const isOneSubject =
    first !== undefined &&
    second !== undefined &&
    (a.keywords.slice(0, 4).includes(second) || b.keywords.slice(0, 4).includes(first));
  return isOneSubject || outletOf(a) === outletOf(b);
}
