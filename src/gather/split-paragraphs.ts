import { readLoneLink, stripMarkdown } from './strip-markdown.ts';

/** A heading, list item or paragraph of a page, as plain text. */
export interface Paragraph {
  readonly text: string;
  /** Where it leads, when all of it is one link. */
  readonly url: string | null;
  /** 1 to 6 for a Markdown heading, 0 for anything else. */
  readonly level: number;
  readonly isBullet: boolean;
}

/** Nothing wraps its lines wider than this. */
const WIDEST_WRAP = 100;
const LONGEST_HEADING = 140;

const HEADING = /^(#{1,6})\s+(.*)$/;
const UNDERLINE = /^(?:={3,}|-{3,})$/;
const QUOTE = /^(?:>\s*)+/;
const BULLET = /^[-*+•‣·]\s+/;
const NUMBER = /^\d{1,2}[.)]\s+/;
const NOISE = /^(?:[-*_=~#>|\s]+|\[[^[\]]+\]:\s*\S+.*|https?:\/\/\S+)$/i;

/** The paragraphs of a clean plain-text or Markdown page in order, with hard-wrapped lines joined again. */
export function splitParagraphs(page: string): readonly Paragraph[] {
  const lines = page.split('\n').map((line) => line.trim().replace(QUOTE, ''));
  return joinWrappedLines(dropNumbers(markUnderlinedHeadings(lines)))
    .filter((line) => !NOISE.test(line))
    .map(parseLine)
    .filter((paragraph) => paragraph.text !== '');
}

function markUnderlinedHeadings(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => {
    const isUnderlined = UNDERLINE.test(lines[index + 1] ?? '') && line.length <= LONGEST_HEADING;
    return isUnderlined && line !== '' && !startsParagraph(line) ? `# ${line}` : line;
  });
}

/** The numbers of a numbered list say nothing; "5. März" in any other text does. */
function dropNumbers(lines: readonly string[]): readonly string[] {
  const isList = [/^1[.)]\s/, /^2[.)]\s/].every((first) => lines.some((line) => first.test(line)));
  return isList ? lines.map((line) => line.replace(NUMBER, '- ')) : lines;
}

function joinWrappedLines(lines: readonly string[]): readonly string[] {
  const width = findWrapWidth(lines);
  const joined: string[] = [];
  let last = '';
  for (const line of lines) {
    const isContinued = last.length + 1 + (line.split(' ', 1)[0] ?? '').length > width;
    if (last !== '' && line !== '' && isContinued && !startsParagraph(line) && !HEADING.test(last))
      joined.push(`${joined.pop() ?? ''} ${line}`);
    else joined.push(line);
    last = line;
  }
  return joined;
}

/** The width at which lines were broken, or infinity when each line is a paragraph: then few begin in lower case. */
function findWrapWidth(lines: readonly string[]): number {
  const width = lines.reduce((widest, line) => Math.max(widest, line.length), 0);
  const followers = lines.filter((line, index) => line !== '' && (lines[index - 1] ?? '') !== '');
  const lowerCase = followers.filter((line) => /^\p{Ll}/u.test(line)).length;
  return width <= WIDEST_WRAP && lowerCase * 2 >= followers.length ? width : Infinity;
}

function startsParagraph(line: string): boolean {
  return HEADING.test(line) || BULLET.test(line) || NOISE.test(line);
}

function parseLine(line: string): Paragraph {
  const heading = HEADING.exec(line);
  const content = heading?.[2]?.replace(/\s+#+$/, '') ?? line.replace(BULLET, '');
  return {
    text: stripMarkdown(content),
    url: readLoneLink(content),
    level: heading?.[1]?.length ?? 0,
    isBullet: BULLET.test(line),
  };
}
