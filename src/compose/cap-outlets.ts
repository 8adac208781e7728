import type { RankedStory } from '../domain/story.ts';
import type { Cut, Judgement } from './judgement.ts';

const STORIES_OF_AN_ISSUE = 25;

/**
 * Parts the stories, best first, from those over the cap of their outlet; only a story that nobody else reports counts.
 * Where few outlets write at all, each may fill its share of an issue: a newsletter of one feed is not cut short.
 */
export function capOutlets(
  ranked: readonly RankedStory[],
  { outletOf, outletCap, isPinned }: Pick<Judgement, 'outletOf' | 'outletCap' | 'isPinned'>,
): { readonly within: readonly RankedStory[]; readonly over: ReadonlyMap<RankedStory, Cut> } {
  const outlets = new Set(ranked.map(outletOf)).size;
  const most = Math.max(outletCap, Math.ceil(STORIES_OF_AN_ISSUE / Math.max(1, outlets)));
  const counts = new Map<string, number>();
  const within: RankedStory[] = [];
  const over: [RankedStory, Cut][] = [];
  for (const story of ranked) {
    const outlet = outletOf(story);
    const count = (counts.get(outlet) ?? 0) + Number(story.independent <= 1);
    if (count > most && story.independent <= 1 && !isPinned(story)) {
      over.push([story, { reason: 'outlet-cap', detail: `${most} of ${outlet}` }]);
      continue;
    }
    counts.set(outlet, count);
    within.push(story);
  }
  return { within, over: new Map(over) };
}
