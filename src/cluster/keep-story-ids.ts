import type { Story } from '../domain/story.ts';
import { nameStory } from './name-story.ts';

interface Heir {
  readonly previousId: string;
  readonly index: number;
  readonly shared: number;
}

/**
 * Gives a story of the new clustering the id of the previous story most of whose articles it took over.
 * Of several such it takes the one it shares most with; no two stories come out with one id.
 */
export function keepStoryIds(
  previous: readonly Pick<Story, 'id' | 'articles'>[],
  next: readonly Story[],
): readonly Story[] {
  const idByIndex = new Map<number, string>();
  for (const { previousId, index } of listHeirs(previous, next))
    if (!idByIndex.has(index)) idByIndex.set(index, previousId);
  const taken = new Set(idByIndex.values());
  return next.map((story, index) => {
    const id = idByIndex.get(index) ?? chooseFreeId(story, taken);
    taken.add(id);
    return { ...story, id };
  });
}

/** Who takes over from whom, the largest share of articles first. A previous story has at most one heir: nobody else can have most of it. */
function listHeirs(
  previous: readonly Pick<Story, 'id' | 'articles'>[],
  next: readonly Story[],
): readonly Heir[] {
  const places = new Map(
    next.flatMap((story, index) => story.articles.map((key) => [key, index] as const)),
  );
  const heirs = previous.flatMap(({ id, articles }) => {
    const byIndex = Map.groupBy(articles, (key) => places.get(key));
    return [...byIndex].flatMap(([index, { length: shared }]) =>
      index !== undefined && shared * 2 > articles.length
        ? [{ previousId: id, index, shared }]
        : [],
    );
  });
  return heirs.sort((a, b) => b.shared - a.shared || (a.previousId < b.previousId ? -1 : 1));
}

function chooseFreeId(story: Story, taken: ReadonlySet<string>): string {
  for (let turn = 0; ; turn += 1) {
    const id = turn === 0 ? story.id : nameStory(story.lead, turn);
    if (!taken.has(id)) return id;
  }
}
