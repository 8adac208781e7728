import { domainToASCII } from 'node:url';
import type { Mailbox } from '../domain/newsletter.ts';

const LONGEST_LINE = 76;
/** So that the first word fits beside the header's name (RFC 2047: at most 75, in lines of at most 76). */
const LONGEST_WORD = 60;
const LONGEST_TOKEN = 900;

/** A header field as it is sent (RFC 5322): one or several lines with their CRLF, ASCII unless an address is not. */
export function formatHeader(name: string, value: string): string {
  const line = cleanLine(value);
  return foldHeader(name, isPlain(line) ? line : encodeWords(line));
}

/** A header field that holds one mailbox. */
export function formatMailboxHeader(name: string, { name: person, address }: Mailbox): string {
  const phrase = formatPhrase(cleanLine(person));
  const bare = encodeAddress(cleanLine(address));
  return foldHeader(name, phrase === '' ? bare : `${phrase} <${bare}>`);
}

/** A domain has an ASCII form that every server takes (RFC 5890); the part before the @ has none. */
export function encodeAddress(address: string): string {
  if (/^[\x21-\x7e]+@[a-z0-9.-]+$/.test(address)) return address;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

function formatPhrase(name: string): string {
  if (!isPlain(name)) return encodeWords(name);
  if (/^[\w !#$%&'*+\-/=?^`{|}~]*$/.test(name)) return name;
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Line ends and control characters would come back out of an encoded word in some mail programs. */
function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Printable ASCII that nobody reads as an encoded word, and that can be folded into lines a server takes. */
function isPlain(line: string): boolean {
  if (!/^[\x20-\x7e]*$/.test(line) || line.includes('=?')) return false;
  return (
    line.length <= LONGEST_TOKEN || line.split(' ').every((word) => word.length <= LONGEST_TOKEN)
  );
}

/** Encoded words (RFC 2047), each of whole characters: Q where most is ASCII and people may read the source, else B. */
function encodeWords(text: string): string {
  const wide = text.replace(/[\x20-\x7e]/g, '').length;
  const encode = wide * 3 > text.length ? encodeB : encodeQ;
  const words: string[] = [];
  let part = '';
  for (const character of text) {
    if (part !== '' && encode(part + character).length > LONGEST_WORD) {
      words.push(encode(part));
      part = '';
    }
    part += character;
  }
  return [...words, encode(part)].join(' ');
}

function encodeB(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** Only what may stand in a phrase goes unencoded (RFC 2047, section 5, rule 3). */
function encodeQ(text: string): string {
  const encoded = text.replace(/[^A-Za-z0-9!*+\-/ ]/gu, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '=$&'),
  );
  return `=?utf-8?Q?${encoded.replaceAll(' ', '_')}?=`;
}

/** Folds before a word, but never the first: some mail programs overlook a value that begins on the second line. */
function foldHeader(name: string, value: string): string {
  const whole = `${name}: ${value}\r\n`;
  if (whole.length <= LONGEST_LINE + 2) return whole;
  const [first = '', ...words] = value.split(' ');
  let folded = `${name}: ${first}`;
  let column = folded.length;
  for (const word of words) {
    const isTooLong = column + 1 + word.length > LONGEST_LINE;
    folded += `${isTooLong ? '\r\n ' : ' '}${word}`;
    column = isTooLong ? 1 + word.length : column + 1 + word.length;
  }
  return `${folded}\r\n`;
}
