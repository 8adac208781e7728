/** A sparse vector: term ids in rising order, and a weight for each. */
export interface Vector {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
}

/** The vector of these weights by term, scaled to this length. */
export function scaleVector(byTerm: ReadonlyMap<number, number>, length: number): Vector {
  let squares = 0;
  for (const weight of byTerm.values()) squares += weight * weight;
  const scale = squares === 0 ? 0 : length / Math.sqrt(squares);
  const ids = Int32Array.from(byTerm.keys()).sort();
  const weights = new Float32Array(ids.length);
  for (let place = 0; place < ids.length; place += 1)
    weights[place] = (byTerm.get(ids[place] ?? 0) ?? 0) * scale;
  return { ids, weights };
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

/** What each shared term adds to the dot product, the most first. */
export function listProducts(a: Vector, b: Vector): readonly { id: number; product: number }[] {
  const weights = new Map(Array.from(b.ids, (id, place) => [id, b.weights[place] ?? 0]));
  return Array.from(a.ids, (id, place) => ({
    id,
    product: (a.weights[place] ?? 0) * (weights.get(id) ?? 0),
  }))
    .filter(({ product }) => product > 0)
    .sort((first, second) => second.product - first.product || first.id - second.id);
}

/** The weighted mean of two vectors: `share` of the second, the rest of the first. */
export function mixVectors(a: Vector, b: Vector, share: number): Vector {
  const ids = new Int32Array(a.ids.length + b.ids.length);
  const weights = new Float32Array(ids.length);
  let [left, right, end] = [0, 0, 0];
  for (; left < a.ids.length || right < b.ids.length; end += 1) {
    const [first = Infinity, second = Infinity] = [a.ids[left], b.ids[right]];
    ids[end] = Math.min(first, second);
    if (first <= second) weights[end] = (a.weights[left++] ?? 0) * (1 - share);
    if (second <= first) weights[end] = (weights[end] ?? 0) + (b.weights[right++] ?? 0) * share;
  }
  return { ids: ids.slice(0, end), weights: weights.slice(0, end) };
}
