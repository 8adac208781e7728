import { cleanText, toPlainText } from './sanitize-html.ts';
import { stripDateline } from './strip-dateline.ts';
import { trimBoilerplate } from './trim-boilerplate.ts';

interface TextOwner {
  readonly title: string;
  readonly outlet: string;
}

/** Where one paragraph ends and the next begins. Only text is kept, so a tag cut in two does no harm. */
const BLOCK_EDGE =
  /<\/?(?:address|article|blockquote|br|div|dd|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|table|td|tr|ul)\b[^>]*>/gi;
/** What a publishing system puts under every entry of its feed. */
const FEED_TAIL =
  /^(?:The post .+ appeared first on .+|(?:Read more|Continue reading|Share(?: this)?)(?:\s*[:·|»›→…].{0,120})?|\[…\]|\[\.\.\.\])$/su;
const CUT_MARK = /\s*\[(?:…|\.\.\.|&hellip;)\]$/u;

/**
 * The news in an entry's HTML as plain text: paragraph by paragraph without what the site says of itself, and without
 * the title an aggregator repeats in front, the outlet after that, and the place it was reported from.
 */
export function trimEntryText(html: string, about: TextOwner): string {
  return stripDateline(cleanText(listParagraphs(html, about).join(' ')));
}

/** The same, paragraph by paragraph and with the place it was reported from. */
export function listParagraphs(html: string, about: TextOwner): readonly string[] {
  const paragraphs = html
    .split(BLOCK_EDGE)
    .map((piece) => toPlainText(piece).replace(CUT_MARK, ' …'));
  return paragraphs
    .filter((paragraph) => paragraph !== '' && !FEED_TAIL.test(paragraph))
    .map((paragraph) => trimBoilerplate(stripLead(paragraph, [about.title, about.outlet])));
}

/** A title goes only where nothing or a sentence of its own follows: "Storm hits" stays in front of "Storm hits the coast.". */
function stripLead(text: string, leads: readonly string[]): string {
  let rest = text;
  for (const lead of leads) {
    if (lead === '' || !rest.startsWith(lead)) break;
    const after = rest.slice(lead.length);
    if (!/^(?:$|[\s.:–—|-]+(?=["“„«'‘]?[\p{Lu}\p{Lo}\d]))/u.test(after)) break;
    rest = after.replace(/^[\s.:–—|-]+/u, '');
  }
  return rest;
}
