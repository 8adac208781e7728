import { listLeaves, splitHeaders, type Headers, type MimePart } from './read-mime.ts';

/** A mail taken apart as far as a bounce needs it. */
export interface ReturnedMail {
  readonly headers: Headers;
  readonly leaves: readonly MimePart[];
  readonly letter: FailureLetter;
  /** Headers of the message that came back. */
  readonly returned: Headers;
}

/** What a server wrote for people, and the message it gives back below, as far as it does. */
interface FailureLetter {
  readonly words: string;
  readonly returned: string;
}

const MOST_CHARACTERS = 60_000;
const MARKS = [
  /^[\s>]*[-=_*]{2,}.{0,60}(?:original|copy of|returned|undelivered|unsent|below this line|header of|enclosed|message (?:text|header|body|follows)|follows? is|headers? follow)/i,
  /^[\s>]*(?:this is a copy of (?:the|your)|below this line is|here is (?:a copy|your)|the (?:first|header|text|body).{0,20} of (?:the|your) (?:original|message)|returned message|your (?:original )?message follows|text of (?:your|the) |a copy of (?:your|the))/i,
  /^[\s>]*(?:original (?:message|mail)(?: headers?| follows| text| details)?|message headers?(?: follow| details)?|original headers?)\s*:?\s*$/i,
  /^[\s>]*(?:ursprüngliche (?:nachricht|kopf)|originalnachricht|en-têtes (?:de )?(?:message|d'origine)|message d'origine|encabezados (?:de|del) |mensaje original|cabeçalhos|intestazioni|元のメッセージ|オリジナル)/i,
  /^(?:return-path|received|dkim-signature)\s*:/i,
];

/** Parts a message may come back in. */
export const RETURNED_TYPES: readonly string[] = [
  'message/rfc822',
  'message/global',
  'message/rfc822-headers',
  'text/rfc822-headers',
  'message/global-headers',
  'text/rfc822',
];

/** Takes a mail apart: the server's letter, and the message it gives back. */
export function readReturnedMail(mail: MimePart): ReturnedMail {
  const leaves = listLeaves(mail);
  const letter = splitReturned(leaves);
  const returned = splitHeaders(letter.returned.trimStart()).headers;
  return { headers: mail.headers, leaves, letter, returned };
}

/** Splits the text of a report where the returned message begins; a returned part of its own goes before one in the text. */
function splitReturned(leaves: readonly MimePart[]): FailureLetter {
  const plain = leaves.filter(({ type }) => type === 'text/plain').map(({ text }) => text);
  const html = leaves.filter(({ type }) => type === 'text/html').map(({ text }) => stripTags(text));
  const longest = plain.join('\n').trim().length > 40 ? plain : [...plain, ...html];
  const lines = longest.join('\n').slice(0, MOST_CHARACTERS).split('\n');
  const start = lines.findIndex((line, index) => index > 0 && isMark(line));
  const words = start < 0 ? lines : lines.slice(0, start);
  const part = leaves.find(({ type }) => RETURNED_TYPES.includes(type));
  const rest = start < 0 ? '' : lines.slice(start).join('\n');
  return {
    words: words.join('\n'),
    returned: part ? part.text.slice(0, MOST_CHARACTERS) : trimReturned(rest),
  };
}

function isMark(line: string): boolean {
  const start = line.slice(0, 120);
  return MARKS.some((mark) => mark.test(start));
}

/** From the first line that is a header on: what stands before it introduces the message. */
function trimReturned(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^(?:> ?|[ \t]{1,8}(?=[A-Z][A-Za-z-]{1,30}:))/, ''));
  const start = lines.findIndex((line) => /^[A-Z][A-Za-z-]{1,40}:(?:\s|$)/.test(line));
  const end = lines.findIndex((line, index) => index > start && line.trim() === '' && start >= 0);
  return start < 0 ? '' : lines.slice(start, end < 0 ? undefined : end).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
  '#64': '@',
  '#xA0': ' ',
};

/** The text of an HTML report, a line a block. */
function stripTags(html: string): string {
  return html
    .slice(0, MOST_CHARACTERS * 4)
    .replace(
      /<(?:br|\/?p|\/?div|\/?tr|\/?td|\/?li|\/?h\d|\/?table|\/?ul|\/?blockquote)\b[^<>]{0,2000}>/gi,
      '\n',
    )
    .replace(/<(?:style|script|title)\b[^<>]{0,500}>[^<]{0,20000}/gi, '')
    .replace(/<\/?[a-z!][^<>]{0,2000}>/gi, '')
    .replace(/&(#?\w{1,6});/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[ \t\u00a0]{2,200}/g, ' ')
    .replace(/\n\s{2,200}/g, '\n\n');
}
