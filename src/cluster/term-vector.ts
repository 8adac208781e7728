const LONE_TERM_DOUBT = 0.5;
const DOUBTED_TERMS = 4;
/** A shared term this heavy beside the heaviest that is not shared says that two texts are about one thing. */
const ENOUGH_SHARED = 0.7;
const PATTERN_DOUBT = 3;
/** In place of a weight that was taken: below every weight. */
const TAKEN = -1;

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
  return { ids, weights: Float32Array.from(ids, (id) => (byTerm.get(id) ?? 0) * scale) };
}

/** The same direction, of length 1; an empty vector stays empty. */
export function levelVector({ ids, weights }: Vector): Vector {
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  return { ids, weights: weights.map((weight) => weight / (length || 1)) };
}

/** Whether a vector has a term; its ids rise, so each look halves where it can be. */
export function hasTerm({ ids }: Vector, id: number): boolean {
  let from = 0;
  let end = ids.length;
  while (from < end) {
    const middle = (from + end) >> 1;
    if (ids[middle]! < id) from = middle + 1;
    else end = middle;
  }
  return ids[from] === id;
}

/** The place of the heaviest weight that is not taken, the first of equals, which is taken then; -1 when there is none. */
export function takeHeaviest(weights: Float32Array): number {
  let heaviest = -1;
  let most = TAKEN;
  for (let place = 0; place < weights.length; place += 1)
    if (weights[place]! > most) {
      heaviest = place;
      most = weights[place]!;
    }
  if (heaviest >= 0) weights[heaviest] = TAKEN;
  return heaviest;
}

/** The dot product; of two vectors of length 1 it is their cosine. */
export function multiplyVectors(a: Vector, b: Vector): number {
  let product = 0;
  let left = 0;
  let right = 0;
  while (left < a.ids.length && right < b.ids.length) {
    const difference = a.ids[left]! - b.ids[right]!;
    if (difference === 0) product += a.weights[left]! * b.weights[right]!;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return product;
}

/**
 * The dot product, less where it rests on few terms: half of it for one, all of it for a dozen. How many is its inverse
 * Herfindahl index: terms that add little count little. And less where each has a term much heavier than all they share:
 * two headlines of one pattern ("Government warns of …") about two things.
 */
export function matchVectors(a: Vector, b: Vector): number {
  let product = 0;
  let squares = 0;
  let left = 0;
  let right = 0;
  let sharedOfA = 0;
  let sharedOfB = 0;
  let ownOfA = 0;
  let ownOfB = 0;
  while (left < a.ids.length && right < b.ids.length) {
    const difference = a.ids[left]! - b.ids[right]!;
    const first = a.weights[left]!;
    const second = b.weights[right]!;
    if (difference === 0) {
      const part = first * second;
      product += part;
      squares += part * part;
      if (first > sharedOfA) sharedOfA = first;
      if (second > sharedOfB) sharedOfB = second;
    } else if (difference < 0) {
      if (first > ownOfA) ownOfA = first;
    } else if (second > ownOfB) ownOfB = second;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  if (squares === 0) return 0;
  ownOfA = findHeaviest(a, left, ownOfA);
  ownOfB = findHeaviest(b, right, ownOfB);
  return discountProduct(product, squares, Math.max(sharedOfA / ownOfA, sharedOfB / ownOfB));
}

/** What the product of two vectors is worth; `squares` is that of its parts, `telling` how the heaviest shared term stands to the heaviest that is not. */
export function discountProduct(product: number, squares: number, telling: number): number {
  const terms = (product * product) / squares;
  const doubt = LONE_TERM_DOUBT * Math.exp((1 - terms) / DOUBTED_TERMS);
  return product * (1 - doubt) * Math.min(1, telling / ENOUGH_SHARED) ** PATTERN_DOUBT;
}

/** The heaviest weight from a place on, at least `best`. */
function findHeaviest({ weights }: Vector, from: number, best: number): number {
  let heaviest = best;
  for (let place = from; place < weights.length; place += 1)
    if (weights[place]! > heaviest) heaviest = weights[place]!;
  return heaviest;
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
  let left = 0;
  let right = 0;
  let end = 0;
  for (; left < a.ids.length || right < b.ids.length; end += 1) {
    const first = left < a.ids.length ? a.ids[left]! : AFTER_ALL;
    const second = right < b.ids.length ? b.ids[right]! : AFTER_ALL;
    ids[end] = first < second ? first : second;
    if (first <= second) weights[end] = a.weights[left++]! * (1 - share);
    if (second <= first) weights[end] = weights[end]! + b.weights[right++]! * share;
  }
  return { ids: ids.subarray(0, end), weights: weights.subarray(0, end) };
}

/** Above every id. */
const AFTER_ALL = 2 ** 31 - 1;
