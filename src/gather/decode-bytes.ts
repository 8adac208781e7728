import { decodeEbcdic } from './decode-ebcdic.ts';
import { decodeAs, decodeStrictly, isMultibyte, nameEncoding } from './decode-label.ts';
import { detectEncoding } from './detect-encoding.ts';

interface DecodedText {
  readonly text: string;
  /** The encoding's name in the WHATWG Encoding Standard, else as declared, lower case. */
  readonly encoding: string;
}

const HEAD_BYTES = 2_048;
/** First bytes that say how wide a character is: byte order marks, then “<” and blanks without one. */
const WIDE: readonly (readonly [RegExp, string])[] = [
  [/^efbbbf/, 'utf-8'],
  [/^0000feff/, 'utf-32be'],
  [/^fffe0000/, 'utf-32le'],
  [/^feff/, 'utf-16be'],
  [/^fffe/, 'utf-16le'],
  [/^000000(?:3c|7b|20|0a|0d)/, 'utf-32be'],
  [/^(?:3c|7b|20|0a|0d)000000/, 'utf-32le'],
  [/^00(?:3c|7b|20|0a|0d)/, 'utf-16be'],
  [/^(?:3c|7b|20|0a|0d)00/, 'utf-16le'],
];
/** “<?xm” in EBCDIC. */
const EBCDIC = '4c6fa794';
const CJK = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/;
const REPLACEMENT = 0xfffd;
/** Of a hundred characters of an encoding one may be broken before it is another encoding. */
const MOST_BAD = 0.01;

/**
 * Bytes as text: by byte order mark, HTTP charset, XML declaration or HTML meta, whichever first fits the bytes;
 * else as UTF-8 when they are that, and then as what they look like.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): DecodedText {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const wide = WIDE.find(([pattern]) => pattern.test(start))?.[1];
  if (wide) return { text: decodeAs(bytes, wide), encoding: wide };
  if (start === EBCDIC) return decodeMainframe(bytes);
  const head = decodeAs(bytes.subarray(0, HEAD_BYTES), 'windows-1252');
  const declared = listDeclared(head, contentType);
  return (
    readMislabelled(bytes, declared) ??
    readDeclared(bytes, declared) ??
    readDamaged(bytes, declared) ??
    readUndeclared(bytes)
  );
}

function decodeMainframe(bytes: Uint8Array): DecodedText {
  const head = decodeEbcdic(bytes.subarray(0, HEAD_BYTES), '');
  const label = findXmlLabel(head) ?? 'ibm037';
  return { text: decodeEbcdic(bytes, label), encoding: label.toLowerCase() };
}

/** The encodings named, the likeliest first: a server's Latin-1 is often only its default and comes after the document's word. */
function listDeclared(head: string, contentType: string | null): string[] {
  const http = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  const [server, ...document] = [http, findXmlLabel(head), meta].map(
    (label) => (label && nameEncoding(label)) ?? null,
  );
  const ordered = server === 'windows-1252' ? [...document, server] : [server, ...document];
  return ordered.filter(
    (name) => name !== null && name !== undefined && !/^utf-?(?:16|32)/.test(name),
  ) as string[];
}

function findXmlLabel(head: string): string | null {
  return /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? null;
}

/** UTF-8 under another name: bytes beyond ASCII are valid UTF-8 by chance only where characters of two bytes were meant. */
function readMislabelled(bytes: Uint8Array, declared: readonly string[]): DecodedText | null {
  const [first] = declared;
  if (!first || first === 'utf-8') return null;
  const text = decodeStrictly(bytes, 'utf-8');
  if (text === null || text.length === bytes.length) return null;
  return isMultibyte(first) && !CJK.test(text) ? null : { text, encoding: 'utf-8' };
}

function readDeclared(bytes: Uint8Array, declared: readonly string[]): DecodedText | null {
  for (const encoding of declared) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== null) return { text, encoding };
  }
  return null;
}

/** A text with a stray bad byte, each of which becomes one U+FFFD. */
function readDamaged(bytes: Uint8Array, declared: readonly string[]): DecodedText | null {
  for (const encoding of declared.filter(isMultibyte)) {
    const text = decodeAs(bytes, encoding);
    const { bad, good } = countLetters(text);
    if (bad <= good * MOST_BAD) return { text, encoding };
  }
  return null;
}

/** A UTF-8 document with more bad characters than good ones was something else. */
function readUndeclared(bytes: Uint8Array): DecodedText {
  const text = decodeAs(bytes, 'utf-8');
  const { bad, good } = countLetters(text);
  if (good >= bad) return { text, encoding: 'utf-8' };
  const encoding = detectEncoding(bytes);
  return { text: decodeAs(bytes, encoding), encoding };
}

/** Characters beyond ASCII that could be read, and those that could not. */
function countLetters(text: string): { bad: number; good: number } {
  if (!text.includes('\uFFFD')) return { bad: 0, good: 1 };
  let bad = 0;
  let good = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === REPLACEMENT) bad += 1;
    else if (code > 0x7f) good += 1;
  }
  return { bad, good };
}
