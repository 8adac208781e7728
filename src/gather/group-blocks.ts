import { continuesReport, opensReport } from './continues-report.ts';
import { findRoundups, UNRELATED } from './find-roundups.ts';
import { indexTerms, measureOverlap, type TermIndex } from './measure-overlap.ts';
import type { WireBlock, WireItem } from './wire-block.ts';

/** Overlap (see measureOverlap) from which a paragraph of a round-up is about the same event as the one before it. */
const SAME_EVENT = 0.15;
/** The same for an unfinished line and an item further up, or a headline and a paragraph further down. */
const SAME_WORDS = 0.2;
/** The same for a paragraph and an item that others have interrupted. */
const SAME_AGAIN = 0.25;
/** How many blocks ahead a headline looks for its paragraph, and how many items back a block looks for its own. */
const AHEAD = 5;
const BACK = 20;
/** A longer label is the title of the page and says nothing of an item. */
const MOST_LABEL_WORDS = 3;
/** "Middle East", "Science & Culture": in front of a headline a label has capitals only, or it could be a headline itself. */
const NAME = /^\p{Lu}[\p{L}'’-]*(?: (?:&|\p{Lu}[\p{L}'’-]*)){0,2}$/u;
/** A page's own title. */
const PAGE_TITLE =
  /(?<!\p{L})(?:brief|briefing|bulletin|digest|headlines|news|newsletter|roundup|stories|actualités|haberler|nachrichten|noticias|schlagzeilen|xəbərlər)(?!\p{L})/iu;

interface Draft {
  readonly label: string | null;
  readonly title: WireBlock | null;
  readonly bodies: WireBlock[];
}

interface Page {
  readonly blocks: readonly WireBlock[];
  readonly terms: TermIndex;
  readonly isMarkdown: boolean;
  readonly roundups: ReadonlySet<WireBlock>;
  readonly items: Draft[];
  /** Paragraphs that a headline further up has claimed. */
  readonly claimed: Map<WireBlock, Draft>;
  /** The item the next paragraph may continue. */
  current: Draft | null;
  label: string | null;
}

/** The blocks of a page as items, one for each event. A short heading without a paragraph of its own is the label of the items below it; any other block is in exactly one item. */
export function groupBlocks(blocks: readonly WireBlock[]): readonly WireItem[] {
  const terms = indexTerms(blocks);
  const page: Page = {
    blocks,
    terms,
    roundups: findRoundups(blocks, terms),
    isMarkdown: blocks.filter((block) => block.level > 0).length > 1,
    items: [],
    claimed: new Map(),
    current: null,
    label: null,
  };
  blocks.forEach((block, index) => placeBlock(page, block, index));
  return page.items;
}

function placeBlock(page: Page, block: WireBlock, index: number): void {
  const claimer = page.claimed.get(block);
  if (claimer) addBody(page, claimer, block);
  else if (block.role === 'headline') placeHeadline(page, block, index);
  else if (block.role === 'fragment') placeFragment(page, block);
  else if (page.current && continuesItem(page, page.current, index))
    addBody(page, page.current, block);
  else addBody(page, findItem(page, block, SAME_AGAIN) ?? openItem(page, null), block);
}

function placeHeadline(page: Page, block: WireBlock, index: number): void {
  if (isLabel(page, block, index)) {
    page.label = countWords(block.text) <= MOST_LABEL_WORDS ? block.text : null;
    page.current = null;
    return;
  }
  const paragraph = findParagraphAhead(page, block, index);
  const earlier = block.level === 0 && !paragraph ? findItem(page, block, SAME_EVENT) : null;
  if (earlier) {
    earlier.bodies.push(block);
    return;
  }
  const item = openItem(page, block);
  if (paragraph && paragraph !== page.blocks[index + 1]) {
    page.claimed.set(paragraph, item);
    page.current = null;
  }
}

function placeFragment(page: Page, block: WireBlock): void {
  const { current } = page;
  const home =
    current?.title && current.bodies.length === 0
      ? current
      : (findItem(page, block, SAME_WORDS) ?? (/^\p{Ll}/u.test(block.text) ? current : null));
  if (home) home.bodies.push(block);
  else addBody(page, openItem(page, null), block);
}

function continuesItem(page: Page, item: Draft, index: number): boolean {
  const block = page.blocks[index];
  if (!block || continuesReport(block.text)) return true;
  if (item.title && item.bodies.length === 0) return true;
  if (item.title && item.title.level > 0 && page.isMarkdown && !block.isBullet) return true;
  const overlap = measureOverlap(page.terms, block, outline(item));
  if (block.isBullet && item.bodies[0]?.isBullet) return overlap >= SAME_EVENT;
  const isOpening = opensReport(block.text);
  if (page.roundups.has(block)) return overlap >= (isOpening ? SAME_EVENT : UNRELATED);
  return !isOpening || overlap >= UNRELATED || !isFollowed(page, item, index);
}

/** True when the next paragraph goes on with this one and not with the item before. */
function isFollowed(page: Page, item: Draft, index: number): boolean {
  const [block, next] = page.blocks.slice(index, index + 2);
  if (!block || next?.role !== 'body') return false;
  return (
    measureOverlap(page.terms, next, [block]) >= SAME_WORDS &&
    measureOverlap(page.terms, next, outline(item)) < UNRELATED
  );
}

/** Words that share nothing with the line below ("In brief", "Morning headlines"), or a heading above deeper headings. */
function isLabel(page: Page, block: WireBlock, index: number): boolean {
  const next = page.blocks[index + 1];
  if (!next) return false;
  if (block.level > 0 && next.level > block.level) return true;
  const isShort =
    next.role === 'headline' && next.level === 0
      ? NAME.test(block.text)
      : countWords(block.text) <= MOST_LABEL_WORDS;
  const isGeneral = isShort || next.isBullet || PAGE_TITLE.test(block.text);
  return isGeneral && measureOverlap(page.terms, block, [next]) === 0;
}

/** The paragraph a headline speaks of: the next one, or on a jumbled page the first that clearly shares its words. */
function findParagraphAhead(page: Page, block: WireBlock, index: number): WireBlock | null {
  for (const [distance, next] of page.blocks.slice(index + 1, index + 1 + AHEAD).entries()) {
    if (next.role === 'headline' || page.claimed.has(next)) return null;
    const least = distance === 0 ? Number.MIN_VALUE : SAME_WORDS;
    if (measureOverlap(page.terms, block, [next]) >= least) return next;
  }
  return null;
}

/** The item a block has most in common with, when that is at least `least`. */
function findItem(page: Page, block: WireBlock, least: number): Draft | null {
  let best: Draft | null = null;
  let most = least;
  for (const item of page.items.slice(-BACK)) {
    const overlap = measureOverlap(page.terms, block, outline(item));
    if (overlap >= most) [best, most] = [item, overlap];
  }
  return best;
}

/** What an item is about: its title, its first paragraph and its last two. */
function outline(item: Draft): readonly WireBlock[] {
  const { title, bodies } = item;
  const last = bodies.slice(Math.max(1, bodies.length - 2));
  return [...(title ? [title] : []), ...bodies.slice(0, 1), ...last];
}

function countWords(text: string): number {
  return text.split(' ').length;
}

function openItem(page: Page, title: WireBlock | null): Draft {
  const item: Draft = { label: page.label, title, bodies: [] };
  page.items.push(item);
  page.current = item;
  return item;
}

function addBody(page: Page, item: Draft, block: WireBlock): void {
  item.bodies.push(block);
  page.current = item;
}
