import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { chooseKeywords } from './choose-keywords.ts';
import { chooseCut } from './choose-cut.ts';
import { groupByLanguage, weighGroups, type Weighed } from './weigh-groups.ts';
import type { Background } from './compile-background.ts';
import { findNeighbours } from './find-neighbours.ts';
import type { Cluster } from './join-points.ts';
import { makeStory } from './make-story.ts';
import { measureLikeness, mixPoints, type Point } from './measure-likeness.ts';

type KnownStory = Pick<Story, 'articles'>;
/** A story in the making: its articles, and what it is compared by. */
interface Draft extends Cluster {
  readonly articles: readonly Candidate[];
}

/**
 * Stories from those there are and articles that came since, without a new clustering: an article of a known story stays
 * in it, and the known ones never join each other; each other article, in order of time, joins the likeliest story it is
 * alike enough to, or begins one. The order of arrival changes nothing, but whether an article came before the stories were
 * made or after may. A story whose articles turn out to speak two languages falls apart into two.
 */
export function joinArticles(
  known: readonly KnownStory[],
  articles: readonly Candidate[],
  background: Background = new Map(),
): readonly Story[] {
  const storyByKey = new Map(known.flatMap((story) => story.articles.map((key) => [key, story])));
  return [...groupByLanguage(articles)].flatMap(([language, group]) => {
    const weighed = weighGroups(group, language, background);
    const drafts = listDrafts(weighed, storyByKey);
    return placeDrafts(drafts, weighed).map((draft) =>
      makeStory(draft.articles, chooseKeywords(draft, weighed.points, weighed.words)),
    );
  });
}

interface Drafts {
  readonly known: readonly Draft[];
  /** One for each group of copies that nobody has placed, in order of time. */
  readonly fresh: readonly Draft[];
}

/** A new copy of an article that has its place goes there. */
function listDrafts(
  { groups, points }: Weighed,
  storyByKey: ReadonlyMap<string, KnownStory>,
): Drafts {
  const known = new Map<KnownStory, Draft>();
  const fresh: Draft[] = [];
  for (const [member, copies] of groups.entries()) {
    const mean = points[member];
    if (!mean) continue;
    const home = copies.flatMap(({ key }) => storyByKey.get(key) ?? [])[0];
    const byStory = Map.groupBy(copies, ({ key }) => storyByKey.get(key) ?? home);
    for (const [story, articles] of byStory) {
      const draft = { members: [member], mean, articles };
      const before = story && known.get(story);
      if (story) known.set(story, before ? mergeDrafts(before, draft) : draft);
      else fresh.push(draft);
    }
  }
  return { known: [...known.values()], fresh };
}

function placeDrafts({ known, fresh }: Drafts, weighed: Weighed): readonly Draft[] {
  const cut = chooseCut(weighed, known);
  const inOrder = [...known].sort((a, b) => a.mean.day - b.mean.day);
  const points = [...inOrder, ...fresh].map(({ mean }) => mean);
  const pairs = findNeighbours(points, {
    frequencies: weighed.frequencies,
    cut,
    from: inOrder.length,
  });
  const near = Map.groupBy(pairs, ({ b }) => b);
  const drafts = [...inOrder];
  const placeOf = [...inOrder.keys()];
  for (const [turn, draft] of fresh.entries()) {
    const places = (near.get(inOrder.length + turn) ?? []).map(({ a }) => placeOf[a] ?? -1);
    const candidates = new Map(places.map((place) => [place, drafts[place]]));
    const place = findLikeliest(draft.mean, candidates, cut) ?? drafts.length;
    const before = drafts[place];
    drafts[place] = before ? mergeDrafts(before, draft) : draft;
    placeOf.push(place);
  }
  return drafts;
}

function findLikeliest(
  point: Point,
  candidates: ReadonlyMap<number, Draft | undefined>,
  cut: number,
): number | undefined {
  let likeliest: number | undefined;
  let best = cut;
  for (const [place, draft] of candidates) {
    const likeness = draft ? measureLikeness(draft.mean, point) : 0;
    if (likeness >= best) [likeliest, best] = [place, likeness];
  }
  return likeliest;
}

function mergeDrafts(a: Draft, b: Draft): Draft {
  return {
    members: [...a.members, ...b.members],
    mean: mixPoints(a.mean, b.mean),
    articles: [...a.articles, ...b.articles],
  };
}
