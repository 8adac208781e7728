import type { Pair } from './find-neighbours.ts';
import { measureLikeness, mixPoints, type Point } from './measure-likeness.ts';
import { openMatcher } from './open-matcher.ts';

/** Points that belong together. */
export interface Cluster {
  /** Indexes of the points. */
  readonly members: readonly number[];
  /** Mean of the members: the product of two means is the mean of all products between the members. */
  readonly mean: Point;
}

interface Links {
  readonly cut: number;
  /** By the first of its points; undefined for what another has taken in. */
  readonly clusters: (Cluster | undefined)[];
  /** For each cluster its neighbours at least as alike as the cut; undefined for none. */
  readonly neighbours: (Map<number, number> | undefined)[];
  readonly openMatch: ReturnType<typeof openMatcher>;
}

/**
 * Average-link agglomeration: joins clusters as long as the mean likeness between their members reaches `cut`.
 * Follows nearest-neighbour chains (Murtagh 1983), which give the same tree as joining the closest pair each time.
 */
export function joinPoints(
  points: readonly Point[],
  pairs: readonly Pair[],
  cut: number,
): readonly Cluster[] {
  const links = linkPoints(points, pairs, cut);
  for (const start of points.keys()) {
    const chain = links.clusters[start] ? [start] : [];
    while (chain.length > 0) followChain(links, chain);
  }
  return links.clusters.filter((cluster) => cluster !== undefined);
}

function linkPoints(points: readonly Point[], pairs: readonly Pair[], cut: number): Links {
  const clusters = points.map((mean, index): Cluster => ({ members: [index], mean }));
  const neighbours: Links['neighbours'] = points.map(() => undefined);
  for (const { a, b, likeness } of pairs) {
    (neighbours[a] ??= new Map()).set(b, likeness);
    (neighbours[b] ??= new Map()).set(a, likeness);
  }
  const openMatch = openMatcher(points.map(({ vector }) => vector));
  return { cut, clusters, neighbours, openMatch };
}

/** One step: on to the nearest neighbour, or join the last two when each is the other's nearest, or drop an end without any. */
function followChain(links: Links, chain: number[]): void {
  const last = chain.at(-1) ?? -1;
  const before = chain.at(-2);
  const nearest = findNearest(links.neighbours[last], before);
  if (nearest === undefined) chain.pop();
  else if (nearest !== before) chain.push(nearest);
  else {
    chain.length -= 2;
    joinClusters(links, before, last);
    if (chain.length === 0) chain.push(before);
  }
}

/** The nearest neighbour; of equals the one before in the chain, so that no chain runs in a circle. */
function findNearest(
  neighbours: ReadonlyMap<number, number> | undefined,
  before: number | undefined,
): number | undefined {
  let nearest = before;
  let best = before === undefined ? 0 : (neighbours?.get(before) ?? 0);
  for (const [neighbour, likeness] of neighbours ?? [])
    if (likeness > best) [nearest, best] = [neighbour, likeness];
  return best > 0 ? nearest : undefined;
}

/** The first takes the second in. A neighbour of neither is not asked again: the mean product is never above both its parts. */
function joinClusters(links: Links, first: number, second: number): void {
  const { clusters, neighbours } = links;
  const [kept, gone] = [clusters[first], clusters[second]];
  if (!kept || !gone) return;
  const around = new Set([first, second].flatMap((id) => [...(neighbours[id]?.keys() ?? [])]));
  around.delete(first);
  around.delete(second);
  for (const other of around) {
    neighbours[other]?.delete(second);
    neighbours[other]?.delete(first);
  }
  neighbours[second] = clusters[second] = undefined;
  clusters[first] = mergeClusters(kept, gone);
  neighbours[first] = new Map();
  linkAround(links, first, around);
}

function mergeClusters(a: Cluster, b: Cluster): Cluster {
  return { members: [...a.members, ...b.members], mean: mixPoints(a.mean, b.mean) };
}

function linkAround(
  { clusters, neighbours, openMatch, cut }: Links,
  first: number,
  around: ReadonlySet<number>,
): void {
  const mean = clusters[first]?.mean;
  if (!mean || around.size === 0) return;
  const match = openMatch(mean.vector);
  for (const other of around) {
    const known = clusters[other]?.mean;
    if (!known) continue;
    const likeness = measureLikeness(mean, known, match(known.vector));
    if (likeness < cut) continue;
    neighbours[first]?.set(other, likeness);
    neighbours[other]?.set(first, likeness);
  }
}
