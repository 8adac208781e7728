/** A sparse vector: term ids in rising order, and a weight for each. */
export interface Vector {
  readonly ids: Int32Array;
  readonly weights: Float64Array;
}

/** The vector of these (term, weight) pairs scaled to length 1; each term occurs once. */
export function normalizeVector(pairs: readonly (readonly [number, number])[]): Vector {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const length = Math.hypot(...sorted.map(([, weight]) => weight)) || 1;
  return {
    ids: Int32Array.from(sorted, ([id]) => id),
    weights: Float64Array.from(sorted, ([, weight]) => weight / length),
  };
}

/** The dot product; of two vectors of length 1 it is their cosine. */
export function multiplyVectors(a: Vector, b: Vector): number {
  let product = 0;
  let left = 0;
  let right = 0;
  while (left < a.ids.length && right < b.ids.length) {
    const difference = (a.ids[left] ?? 0) - (b.ids[right] ?? 0);
    if (difference === 0) product += (a.weights[left] ?? 0) * (b.weights[right] ?? 0);
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return product;
}

/** The weighted mean of two vectors: `share` of the second, the rest of the first. */
export function mixVectors(a: Vector, b: Vector, share: number): Vector {
  const mixed = new Map<number, number>();
  a.ids.forEach((id, place) => mixed.set(id, (a.weights[place] ?? 0) * (1 - share)));
  b.ids.forEach((id, place) =>
    mixed.set(id, (mixed.get(id) ?? 0) + (b.weights[place] ?? 0) * share),
  );
  const ids = Int32Array.from(mixed.keys()).sort();
  return { ids, weights: Float64Array.from(ids, (id) => mixed.get(id) ?? 0) };
}
