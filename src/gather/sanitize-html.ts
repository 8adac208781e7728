import { Tokenizer } from 'htmlparser2';
import sanitize from 'sanitize-html';
import { escapeHtml } from './escape-html.ts';
import { IGNORE_ALL } from './ignore-all.ts';

const ALLOWED: sanitize.IOptions = {
  allowedTags:
    'a abbr b blockquote br cite code dd del dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small strong sub sup table tbody td th thead tr u ul'.split(
      ' ',
    ),
  allowedAttributes: {
    a: ['href', 'title'],
    abbr: ['title'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https'],
  allowedSchemesByTag: { a: ['http', 'https', 'mailto'] },
  allowProtocolRelative: false,
  nestingLimit: 100,
};

const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'iframe', 'svg']);
/** More tags than this are no news text, and sanitizing slows down with the square of the depth. */
const MOST_TAGS = 20_000;
/** Controls, bidirectional overrides and marks nobody sees; the two joiners stay because Persian, Indic scripts and emoji need them. */
const INVISIBLE =
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u180E\u200B\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu;
/** Soft hyphens and marks of direction: right where they are shown, in the way where texts are compared. */
const HINTS = /[\u00AD\u061C\u200E\u200F]/gu;

/** HTML cut down to text, links, lists, tables and images; scripts, styles, forms and every other scheme than http, https and mailto are gone. */
export function sanitizeHtml(html: string): string {
  const tags = html.match(/</g)?.length ?? 0;
  // Trimming also joins the thousands of pieces the library leaves a text in.
  return tags > MOST_TAGS ? escapeHtml(toPlainText(html)) : sanitize(html, ALLOWED).trim();
}

/** What a reader would see of `html` on one line: no tags, no references, single spaces, no invisible characters. */
export function toPlainText(html: string): string {
  return tidyText(/[<&]/.test(html) ? stripTags(html) : html);
}

/** Plain text on one line, the same for the same words: also without soft hyphens and marks of direction, and NFC. */
export function cleanText(text: string): string {
  return tidyText(text.replace(HINTS, '')).normalize('NFC');
}

function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
}

function stripTags(html: string): string {
  const pieces: string[] = [];
  let silent = '';
  const separate = (name: string): void => {
    if (BLOCKS.has(name)) pieces.push(' ');
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ...IGNORE_ALL,
      onopentagname(start, end) {
        const name = html.slice(start, end).toLowerCase();
        if (!silent && SILENT.has(name)) silent = name;
        separate(name);
      },
      onclosetag(start, end) {
        const name = html.slice(start, end).toLowerCase();
        if (name === silent) silent = '';
        separate(name);
      },
      ontext(start, end) {
        if (!silent) pieces.push(html.slice(start, end));
      },
      ontextentity(codePoint) {
        if (!silent) pieces.push(String.fromCodePoint(codePoint));
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return pieces.join('');
}
