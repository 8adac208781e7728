import { isCutOff } from './split-sentences.ts';
import type { WireBlock, WireItem } from './wire-block.ts';

/** Fewer letters than this may begin two paragraphs by chance. */
const SHORTEST_START = 20;

/**
 * Items of which one has the beginning of a block of the other, joined into one: a page often shows
 * "The council met on Mon..." above the whole sentence. What is only the beginning or a repetition is left out;
 * a headline stays.
 */
export function joinTruncated(items: readonly WireItem[]): readonly WireItem[] {
  const wholes = findWholes(items.flatMap(listBlocks));
  if (wholes.size === 0) return items;
  const isLeftOut = (block: WireBlock) => {
    const whole = wholes.get(block);
    return (
      whole !== undefined && (block.role === 'body' || isCutOff(block.text) || isSame(block, whole))
    );
  };
  return joinItems(items, wholes)
    .map((group) => mergeItems(group, isLeftOut))
    .filter((item) => item.title !== null || item.bodies.length > 0);
}

/** Each block that is the beginning of another one, or the same, with that other one. */
function findWholes(blocks: readonly WireBlock[]): ReadonlyMap<WireBlock, WireBlock> {
  const wholes = new Map<WireBlock, WireBlock>();
  const sorted = blocks
    .map((block, place) => ({ block, place, letters: keepLetters(block.text) }))
    .sort((a, b) => compare(a.letters, b.letters) || b.place - a.place);
  sorted.forEach(({ block, letters }, index) => {
    const next = sorted[index + 1];
    if (next && letters.length >= SHORTEST_START && next.letters.startsWith(letters))
      wholes.set(block, next.block);
  });
  return wholes;
}

/** The items in groups that belong together, each group and the groups in page order. */
function joinItems(
  items: readonly WireItem[],
  wholes: ReadonlyMap<WireBlock, WireBlock>,
): readonly (readonly WireItem[])[] {
  const homes = new Map(
    items.flatMap((item, index) => listBlocks(item).map((block) => [block, index])),
  );
  const parents = items.map((_, index) => index);
  for (const [part, whole] of wholes) {
    if (part.role === 'body' && isSame(part, whole)) continue;
    const one = findRoot(parents, homes.get(part) ?? 0);
    const other = findRoot(parents, homes.get(whole) ?? 0);
    parents[Math.max(one, other)] = Math.min(one, other);
  }
  return [...Map.groupBy(items, (_, index) => findRoot(parents, index)).values()];
}

function findRoot(parents: number[], index: number): number {
  let root = index;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] ?? root] ?? root;
    root = parents[root] ?? root;
  }
  return root;
}

function mergeItems(
  group: readonly WireItem[],
  isLeftOut: (block: WireBlock) => boolean,
): WireItem {
  const [title = null, ...otherTitles] = group
    .flatMap((item) => item.title ?? [])
    .filter((block) => !isLeftOut(block));
  const bodies = group.flatMap((item) => item.bodies).filter((block) => !isLeftOut(block));
  const label = group.find((item) => item.label !== null)?.label ?? null;
  return { label, title, bodies: [...bodies, ...otherTitles] };
}

function listBlocks({ title, bodies }: WireItem): readonly WireBlock[] {
  return title ? [title, ...bodies] : bodies;
}

function isSame(one: WireBlock, other: WireBlock): boolean {
  return keepLetters(one.text) === keepLetters(other.text);
}

function keepLetters(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
