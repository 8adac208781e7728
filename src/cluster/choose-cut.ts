import type { Weighed } from './weigh-groups.ts';
import type { Cluster } from './join-points.ts';
import { isBare, type Point } from './measure-likeness.ts';

/** Mean likeness from which two groups of articles are about one event; chosen on a labelled day of some seventy feeds. */
export const CUT = 0.21;
const LEAST_CUT = 0.042;
/** Where more of the articles have no date of their own, how many there are says nothing of a day. */
const MOST_UNDATED = 0.5;

/**
 * The likeness from which groups join, given the stories of a first joining at CUT or of earlier the same day. A bare headline says little, so how many outlets usually
 * report an event counts beside it: on most mornings an article stands alone and nothing changes, but where the middle one
 * is in a story of nine outlets a third of the likeness tells as much. Articles with a text speak for themselves.
 */
export function chooseCut({ points, groups }: Weighed, clusters: readonly Cluster[]): number {
  const bare = points.filter(isBare).length;
  const undated = groups.filter(([original]) => original?.isDateGuessed).length;
  if (bare <= points.length / 2 || undated > MOST_UNDATED * points.length) return CUT;
  const breadths = clusters.flatMap(({ members, mean }) => members.map(() => countOutlets(mean)));
  const middle = breadths.sort((a, b) => a - b)[Math.floor(breadths.length / 2)] ?? 1;
  return Math.max(LEAST_CUT, CUT / Math.sqrt(middle));
}

/** A feed that floods is one outlet however much it says; where outlets are not known every article counts. */
function countOutlets({ outlets, articles }: Point): number {
  return outlets.size > 0 ? outlets.size : articles;
}
