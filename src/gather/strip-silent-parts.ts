import { Tokenizer } from 'htmlparser2';
import { IGNORE_ALL } from './ignore-all.ts';

const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'iframe']);
/** They have no end tag, or may leave it out, so they say nothing about depth. */
const FLAT =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|th|tr|dt|dd|option|tbody|thead|tfoot|colgroup|html|head|body)$/;
const MOST_LENGTH = 1_000_000;
/** Whoever lays out a page needs about 40. */
const MOST_DEPTH = 400;
const MOST_ATTRIBUTES = 200;

/** A page without what nobody reads (scripts, styles, frames), at most a million characters; null when it is made to hurt: nested very deep, or with hundreds of attributes on an element. */
export function stripSilentParts(html: string): string | null {
  const pieces: string[] = [];
  let copied = 0;
  let silent = '';
  let depth = 0;
  let deepest = 0;
  let attributes = 0;
  let mostAttributes = 0;
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      ...IGNORE_ALL,
      onopentagname(start, end) {
        const name = html.slice(start, end).toLowerCase();
        attributes = 0;
        if (silent) return;
        if (SILENT.has(name)) {
          silent = name;
          pieces.push(html.slice(copied, start - 1));
        } else if (!FLAT.test(name)) depth += 1;
        deepest = Math.max(deepest, depth);
      },
      onclosetag(start, end) {
        const name = html.slice(start, end).toLowerCase();
        if (silent && name === silent) {
          silent = '';
          copied = html.indexOf('>', end) + 1 || html.length;
        } else if (!silent && !FLAT.test(name)) depth -= 1;
      },
      onattribname() {
        attributes += 1;
        mostAttributes = Math.max(mostAttributes, attributes);
      },
      onselfclosingtag() {
        if (!silent) depth -= 1;
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  if (!silent) pieces.push(html.slice(copied));
  if (deepest > MOST_DEPTH || mostAttributes > MOST_ATTRIBUTES) return null;
  return pieces.join('').slice(0, MOST_LENGTH);
}
