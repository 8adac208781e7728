import { Parser } from 'htmlparser2';
import { decodeEntities } from './decode-entities.ts';
import { MOST_ENTRIES, MOST_PIECES, MOST_TEXT } from './feed-limits.ts';
import { declareNamespaces, nameElement, type Namespaces } from './name-element.ts';
import { resolveUrl } from './resolve-links.ts';

/** An element as found: named by nameElement, with its text and elements in order. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlNode | string)[];
  /** What `xml:base` of it and its parents comes to; null when none has one. */
  readonly base: string | null;
  /** False when the document ended before the element did. */
  isWhole: boolean;
}

interface OpenNode {
  readonly node: XmlNode;
  /** Its name as written. */
  readonly tag: string;
  readonly namespaces: Namespaces;
}

const MOST_DEPTH = 200;
/** Tags left open count for the parser even when we closed them ourselves, and it slows down with their square. */
const MOST_OPEN_TAGS = 5_000;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const ENTRY_NAMES = ['item', 'entry'];
/** Elements that hold text only: a field that opens inside one means its end tag was forgotten. */
const LEAVES =
  /^(title|link|guid|id|pubdate|updated|published|category|author|comments|description|summary|dc:\w+)$/;
const FIELDS =
  /^(item|entry|title|link|guid|id|pubdate|updated|published|category|author|comments|description|summary|content|enclosure|content:encoded|dc:\w+)$/;

/**
 * Reads a document of well- or ill-formed XML into a tree under a nameless root; never throws.
 * It stops at 200 levels, 2,000 entries or 300,000 pieces and returns what it has.
 */
export function readXml(text: string, documentUrl: string | null): XmlNode {
  const root = openNode('', NO_ATTRIBUTES, null);
  const stack: OpenNode[] = [{ node: root, tag: '', namespaces: declareNamespaces(null, {}) }];
  const seen = { entries: 0, openTags: 0, pieces: 0 };
  let isAtom = false;
  let isCdata = false;

  const top = (): OpenNode => stack[stack.length - 1] as OpenNode;
  const closeTo = (depth: number): void => {
    for (const { node } of stack.splice(depth)) {
      node.isWhole = true;
      if (ENTRY_NAMES.includes(node.name)) seen.entries += 1;
    }
  };
  const countPiece = (): void => {
    seen.pieces += 1;
    const isFull = seen.pieces > MOST_PIECES || seen.entries >= MOST_ENTRIES;
    if (isFull || stack.length > MOST_DEPTH || seen.openTags > MOST_OPEN_TAGS) parser.pause();
  };

  const parser = new Parser(
    {
      onopentag(tag, raw) {
        const namespaces = declareNamespaces(top().namespaces, raw);
        if (stack.length === 1 && /(^|:)feed$/.test(tag)) isAtom = true;
        const name = nameElement(tag, namespaces, { isAtom });
        const forgotten = findForgotten(stack, name);
        if (forgotten > 0) closeTo(forgotten);
        const parent = top().node;
        const attributes = readAttributes(raw);
        const base = chooseBase(attributes.get('xml:base'), parent.base, documentUrl);
        const node = openNode(name, attributes, base);
        parent.children.push(node);
        stack.push({ node, tag, namespaces });
        seen.openTags += 1;
        countPiece();
      },
      onattribute: countPiece,
      onclosetag(tag) {
        seen.openTags -= 1;
        const depth = stack.findLastIndex((open) => open.tag === tag);
        if (depth > 0) closeTo(depth);
      },
      ontext(written) {
        const piece = written.slice(0, MOST_TEXT);
        top().node.children.push(isCdata ? piece : decodeEntities(piece));
        countPiece();
      },
      oncdatastart: () => (isCdata = true),
      oncdataend: () => (isCdata = false),
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  return root;
}

function openNode(
  name: string,
  attributes: ReadonlyMap<string, string>,
  base: string | null,
): XmlNode {
  return { name, attributes, children: [], base, isWhole: false };
}

function readAttributes(raw: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const pairs = Object.entries(raw);
  if (pairs.length === 0) return NO_ATTRIBUTES;
  return new Map(pairs.map(([name, value]) => [name, decodeEntities(value)]));
}

function chooseBase(
  written: string | undefined,
  outer: string | null,
  documentUrl: string | null,
): string | null {
  if (written === undefined) return outer;
  const base = resolveUrl(written, outer ?? documentUrl);
  return URL.canParse(base) ? base : outer;
}

/** The depth of the element whose end tag was forgotten before `name` began; 0 when none was. */
function findForgotten(stack: readonly OpenNode[], name: string): number {
  const isEntry = ENTRY_NAMES.includes(name);
  if (!isEntry && !FIELDS.test(name)) return 0;
  const closes = ({ node }: OpenNode): boolean =>
    LEAVES.test(node.name) || (isEntry && ENTRY_NAMES.includes(node.name));
  return Math.max(0, isEntry ? stack.findIndex(closes) : stack.findLastIndex(closes));
}
