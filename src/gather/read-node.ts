import { escapeHtml } from './escape-html.ts';
import type { XmlNode } from './read-xml.ts';
import { isLinkAttribute, resolveUrl } from './resolve-links.ts';

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/** The elements directly inside `node` that have one of `names`, in document order. */
export function listChildren(node: XmlNode, ...names: readonly string[]): XmlNode[] {
  return node.children.filter(
    (child): child is XmlNode => typeof child !== 'string' && names.includes(child.name),
  );
}

/** The element inside `node` that has the first of `names` there is, the last of several, as most readers have it; null when there is none. */
export function findChild(node: XmlNode, ...names: readonly string[]): XmlNode | null {
  for (const name of names) {
    const child = listChildren(node, name).at(-1);
    if (child) return child;
  }
  return null;
}

/** All text inside `node`, trimmed; null when there is none. */
export function readText(node: XmlNode | null): string | null {
  return node ? collectText(node).trim() || null : null;
}

/** The child that has the first of `names` any child with something inside has, the last of several. */
export function findFilled(node: XmlNode, ...names: readonly string[]): XmlNode | null {
  for (const name of names) {
    const filled = listChildren(node, name).findLast(
      (child) => readText(child) || hasElements(child),
    );
    if (filled) return filled;
  }
  return null;
}

/** The text of the child that has the first of `names` any child with text has, the last of several. */
export function readChildText(node: XmlNode, ...names: readonly string[]): string | null {
  for (const name of names) {
    const texts = listChildren(node, name).map(readText);
    const text = texts.findLast((found) => found !== null);
    if (text) return text;
  }
  return null;
}

/** What is inside `node` written as HTML, with links made absolute against `xml:base` or `base`. */
export function writeInnerHtml(node: XmlNode, base: string | null): string {
  return node.children
    .map((child) => (typeof child === 'string' ? escapeHtml(child) : writeHtml(child, base)))
    .join('');
}

/** True when markup stands unescaped inside `node`. */
export function hasElements(node: XmlNode): boolean {
  return node.children.some((child) => typeof child !== 'string');
}

function writeHtml(node: XmlNode, base: string | null): string {
  const name = node.name.replace(/^.*:/, '');
  const attributes = [...node.attributes]
    .filter(([attribute]) => !attribute.startsWith('xml'))
    .map(([attribute, value]) => writeAttribute(attribute, value, node.base ?? base));
  const start = `<${name}${attributes.join('')}>`;
  return VOID.test(name) ? start : `${start}${writeInnerHtml(node, base)}</${name}>`;
}

function writeAttribute(name: string, value: string, base: string | null): string {
  const written = isLinkAttribute(name) ? resolveUrl(value, base) : value;
  return ` ${name}="${escapeHtml(written)}"`;
}

function collectText(node: XmlNode): string {
  return node.children
    .map((child) => (typeof child === 'string' ? child : collectText(child)))
    .join('');
}
