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

/** The first element inside `node` that has the first of `names` there is; null when there is none. */
export function findChild(node: XmlNode, ...names: readonly string[]): XmlNode | null {
  for (const name of names) {
    const child = listChildren(node, name)[0];
    if (child) return child;
  }
  return null;
}

/** All text inside `node`, trimmed; null when there is none. */
export function readText(node: XmlNode | null): string | null {
  return node ? collectText(node).trim() || null : null;
}

/** The text of the first of the children called `names` that has any. */
export function readChildText(node: XmlNode, ...names: readonly string[]): string | null {
  for (const name of names) {
    for (const child of listChildren(node, name)) {
      const text = readText(child);
      if (text) return text;
    }
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
