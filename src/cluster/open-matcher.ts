import { discountProduct, type Vector } from './term-vector.ts';

/**
 * As matchVectors, for one vector and many others: the one is spread over an array by term, so that each other is read from
 * end to end. `vectors` are all there may be, or what they are mixed of. A vector's own matching ends where the next one's begins.
 */
export function openMatcher(
  vectors: readonly Vector[],
): (vector: Vector) => (other: Vector) => number {
  const terms = vectors.reduce((most, { ids }) => Math.max(most, (ids.at(-1) ?? -1) + 1), 0);
  const spread = new Float32Array(terms);
  let before: Int32Array = new Int32Array(0);
  return (vector) => {
    const { ids, weights } = vector;
    for (let place = 0; place < before.length; place += 1) spread[before[place]!] = 0;
    for (let place = 0; place < ids.length; place += 1) spread[ids[place]!] = weights[place]!;
    before = ids;
    return (other) => matchSpread(spread, ids, other);
  };
}

/** A weight that the other shares is negative until it has been looked at. */
function matchSpread(spread: Float32Array, ids: Int32Array, other: Vector): number {
  let product = 0;
  let squares = 0;
  let shared = 0;
  let own = 0;
  let sharedOfOther = 0;
  let ownOfOther = 0;
  for (let place = 0; place < other.ids.length; place += 1) {
    const id = other.ids[place]!;
    const first = spread[id]!;
    const second = other.weights[place]!;
    if (first === 0) {
      if (second > ownOfOther) ownOfOther = second;
      continue;
    }
    const part = first * second;
    product += part;
    squares += part * part;
    spread[id] = -first;
    if (first > shared) shared = first;
    if (second > sharedOfOther) sharedOfOther = second;
  }
  for (let place = 0; place < ids.length; place += 1) {
    const weight = spread[ids[place]!]!;
    if (weight < 0) spread[ids[place]!] = -weight;
    else if (weight > own) own = weight;
  }
  if (squares === 0) return 0;
  return discountProduct(product, squares, Math.max(shared / own, sharedOfOther / ownOfOther));
}
