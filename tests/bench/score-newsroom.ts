/** How well a clustering fits the gold one, each 0 to 1. */
export interface ClusterScore {
  /** Harmonic mean of BCubed precision and recall (Bagga and Baldwin 1998). */
  readonly bcubed: number;
  /** The same over pairs of articles put together. */
  readonly pairs: number;
  /** Share of the articles alone in gold that were left alone. */
  readonly keptAlone: number;
}

/** Scores a clustering, cluster names by article; what `gold` does not name is left out. */
export function scoreClusters(
  gold: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): ClusterScore {
  const items = [...gold].map(([id, wanted]) => ({ wanted, put: found.get(id) ?? `alone ${id}` }));
  const wanted = countBy(items, (item) => item.wanted);
  const put = countBy(items, (item) => item.put);
  const both = countBy(items, (item) => `${item.wanted}\n${item.put}`);
  const alone = items.filter((item) => wanted.get(item.wanted) === 1);
  const shares = items.map((item) => ({
    shared: both.get(`${item.wanted}\n${item.put}`)!,
    wanted: wanted.get(item.wanted)!,
    put: put.get(item.put)!,
  }));
  const together = countPairs(both);
  return {
    bcubed: meanHarmonic(
      average(shares.map((share) => share.shared / share.put)),
      average(shares.map((share) => share.shared / share.wanted)),
    ),
    pairs: meanHarmonic(together / countPairs(put), together / countPairs(wanted)),
    keptAlone: average(alone.map((item) => Number(put.get(item.put) === 1))),
  };
}

/** How well yes-or-no answers fit the gold ones. */
export function scoreAnswers(rows: readonly { wanted: boolean; found: boolean }[]) {
  const right = rows.filter((row) => row.wanted && row.found).length;
  const precision = right / rows.filter((row) => row.found).length;
  const recall = right / rows.filter((row) => row.wanted).length;
  return { precision, recall, f1: meanHarmonic(precision, recall) };
}

/** Share of true values. */
export function scoreHits(hits: readonly boolean[]): number {
  return average(hits.map(Number));
}

function countBy<T>(items: readonly T[], name: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return counts;
}

function countPairs(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanHarmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
