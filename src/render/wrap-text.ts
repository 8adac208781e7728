import { splitCharacters } from './shorten-text.ts';
import { measureSlots } from '../domain/slots.ts';

const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
/** Latin, Greek and Cyrillic letters, dashes and quotes: one column each, no need to look closer. */
const NARROW = /^[\u0020-\u02ff\u0370-\u0482\u2010-\u2027]*$/;
const LINK = /^\S*https?:\/\/\S+$/;
const NUMBERED_LINK = /^\[\d+\] https?:\/\/\S+$/;

/** Breaks every line of `text` after at most `columns`, keeping its indent; two columns for a wide character, and links stay whole. */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  if (measureWidth(line) <= columns || NUMBERED_LINK.test(line)) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const room = columns - indent.length;
  const lines: string[] = [];
  let width = room;
  for (const word of splitWords(line.trim(), room)) {
    const wordWidth = measureWidth(word);
    if (width + 1 + wordWidth > room) {
      lines.push(indent + word);
      width = wordWidth;
    } else {
      lines.push(`${lines.pop() ?? ''} ${word}`);
      width += 1 + wordWidth;
    }
  }
  return lines.join('\n');
}

function splitWords(line: string, columns: number): readonly string[] {
  return line
    .split(/ +/)
    .flatMap((word) =>
      measureWidth(word) <= columns || LINK.test(word) ? [word] : splitWord(word, columns),
    );
}

function splitWord(word: string, columns: number): readonly string[] {
  const pieces = [''];
  let width = 0;
  for (const character of splitCharacters(word)) {
    width += measureWidth(character);
    if (width > columns) {
      pieces.push('');
      width = measureWidth(character);
    }
    pieces.push((pieces.pop() ?? '') + character);
  }
  return pieces;
}

function measureWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  const { rest, width } = measureSlots(text);
  return splitCharacters(rest).reduce(
    (sum, character) => sum + (WIDE.test(character) ? 2 : 1),
    width,
  );
}
