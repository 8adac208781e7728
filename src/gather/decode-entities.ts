import { Parser } from 'htmlparser2';

/** XML's five, and two that mean other brackets to XHTML, which feeds follow, than to HTML 5. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&lang;', '\u2329'],
  ['&rang;', '\u232A'],
]);

/** Text with its XML and HTML character references replaced; a bare ampersand or an unknown name stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});/g, decodeEntity);
}

function decodeEntity(entity: string): string {
  const known = KNOWN.get(entity);
  if (known) return known;
  let decoded = '';
  new Parser({ ontext: (text) => (decoded += text) }).end(entity);
  return decoded;
}
