import type { Email } from '../domain/email.ts';
import { describeCount } from '../domain/describe-count.ts';
import type { Check } from '../domain/finding.ts';
import type { IssueDocument } from '../domain/issue.ts';
import { renderSlot } from '../domain/slots.ts';
import { countCharacters } from './shorten-text.ts';

/** An issue's email, and as one reader would see it. */
export interface CheckedEmail {
  readonly document: IssueDocument;
  /** With its slots. */
  readonly email: Email;
  /** With its slots filled. */
  readonly seen: Email;
}

const LARGE = 90_000;
const CLIPPED = 100_000;
const HEAVIEST = 5;
const LOOK = 'Look at it with "daybrief preview" and mend the template.';

/** What can be told of an email by looking at it: sizes, texts, headings, pictures, links, and the way out. */
export function checkEmail({ document, email, seen }: CheckedEmail): readonly Check[] {
  return [
    checkSize(seen.html),
    checkSubject(seen.subject),
    checkPreheader(seen.html),
    checkRendering(document, seen),
    checkHeadings(seen.html),
    checkPictures(seen.html),
    checkPlainLinks(seen.html),
    checkWayOut(email),
  ];
}

function checkSize(html: string): Check {
  const bytes = Buffer.byteLength(html);
  const size = `The HTML has ${Math.round(bytes / 1_000)} KB; Gmail clips mails near 102 KB. Heaviest: ${listBlocks(html)}.`;
  return [
    'size',
    bytes > CLIPPED ? size : null,
    bytes > LARGE ? size : null,
    'Lower the caps of the themes or shorten the template.',
  ];
}

/** The five largest stretches between headings. */
function listBlocks(html: string): string {
  const [head = '', ...blocks] = html.split(/(?=<h2\b)/);
  const sizes = blocks.map((block) => ({
    name: stripTags(/<h2[^>]*>(.*?)<\/h2>/s.exec(block)?.[1] ?? ''),
    bytes: Buffer.byteLength(block),
  }));
  return [{ name: 'head and masthead', bytes: Buffer.byteLength(head) }, ...sizes]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, HEAVIEST)
    .map(({ name, bytes }) => `${name} ${(bytes / 1_000).toFixed(1)} KB`)
    .join(', ');
}

function checkSubject(subject: string): Check {
  const length = countCharacters(subject);
  return [
    'subject',
    length === 0 ? 'The subject is empty.' : null,
    length < 28 || length > 60
      ? `The subject has ${length} characters; phones show 28 to 48.`
      : null,
    'Rewrite the headline of the lead.',
  ];
}

function checkPreheader(html: string): Check {
  const hidden = /<div style="display:none[^>]*>(.*?)<\/div>/s.exec(html)?.[1] ?? '';
  const preheader = hidden.replace(/[\u034f\u200c\u00a0]|&nbsp;|&zwnj;/g, '').trim();
  const length = countCharacters(stripTags(preheader));
  return [
    'preheader',
    null,
    length < 40
      ? `What the inbox shows beside the subject has ${length} characters; there is room for 70 to 100.`
      : null,
    'It is made of the second headlines: a longer lead or one story more helps.',
  ];
}

/** What a feed wrote in braces is its text, and no fault of the template. */
function checkRendering(document: IssueDocument, { html, text }: Email): Check {
  const told = JSON.stringify(document);
  const found = html.match(/\{\{[^{}<]*\}\}|\[object \w+\]|undefined(?=<)/g) ?? [];
  const open = found.find((value) => value.startsWith('undefined') || !told.includes(value));
  return [
    'rendering',
    open
      ? `A template value was not filled in: ${open}.`
      : text.trim() === ''
        ? 'The text part is empty.'
        : null,
    null,
    LOOK,
  ];
}

function checkHeadings(html: string): Check {
  const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  const firsts = levels.filter((level) => level === 1).length;
  const jump = levels.findIndex((level, place) => level > (levels[place - 1] ?? 0) + 1);
  const after = levels[jump - 1] ?? 0;
  return [
    'headings',
    null,
    firsts !== 1
      ? `There are ${firsts} headings of the first level; a screen reader expects one.`
      : jump >= 0
        ? `A heading of level ${levels[jump] ?? 0} follows one of level ${after}; a level is left out.`
        : null,
    LOOK,
  ];
}

function checkPictures(html: string): Check {
  const pictures = html.match(/<img\b[^>]*>/g) ?? [];
  const silent = pictures.filter((tag) => !/\salt="/.test(tag)).length;
  const empty = pictures.filter((tag) => /\salt=""/.test(tag)).length;
  return [
    'pictures',
    silent > 0
      ? `${describeCount(silent, 'picture')} without an alt attribute: screen readers read the address out.`
      : null,
    empty > 0
      ? `${describeCount(empty, 'picture')} without a description; whoever sees no pictures is told nothing.`
      : null,
    silent > 0
      ? LOOK
      : 'The feed gave none. Leave pictures out with images: false if that is usual.',
  ];
}

function checkPlainLinks(html: string): Check {
  const plain = [...html.matchAll(/href="(http:[^"]*)"/g)].map(([, url = '']) => url);
  return [
    'plain links',
    null,
    plain[0]
      ? `${describeCount(new Set(plain).size, 'link')} over http, which anybody on the way can read and change, first: ${plain[0].slice(0, 100)}`
      : null,
    'Give the feed its https address, if it has one.',
  ];
}

function checkWayOut(email: Email): Check {
  const slot = renderSlot('unsubscribeUrl');
  const missing = [email.html, email.text].filter((part) => !part.includes(slot)).length;
  return [
    'unsubscribing',
    missing > 0 ? 'The mail shows no way to unsubscribe in its HTML, its text, or both.' : null,
    null,
    'Put {{slot "unsubscribeUrl"}} back into the footer and into issue.txt.',
  ];
}

function stripTags(html: string): string {
  return html.replace(/<[^>]*>/g, '').trim();
}
