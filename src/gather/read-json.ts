import { MOST_ENTRIES, MOST_PIECES } from './feed-limits.ts';

/** A JSON document as a value; of one cut short or too long, what stands before the cut in whole elements. Undefined when it is no JSON. */
export function readJson(text: string): unknown {
  const { end, closing } = findEnd(text);
  const whole = text.slice(0, end) + closing;
  return parseOrNothing(whole) ?? parseOrNothing(whole.replace(/[\u0000-\u001F]/g, ' '));
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the root object ends; without an end, the last whole element of a list in it, and what closes list and object. */
function findEnd(text: string): { end: number; closing: string } {
  let lastWhole = 0;
  let depth = 0;
  let entries = 0;
  let pieces = 0;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    if (sign === '"') place = skipString(text, place);
    if (sign === ',' || sign === '{' || sign === '[') pieces += 1;
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return { end: place + 1, closing: '' };
      if (depth === 2) {
        lastWhole = place + 1;
        entries += 1;
      }
    }
    if (entries > MOST_ENTRIES || pieces > MOST_PIECES) break;
  }
  return { end: lastWhole, closing: ']}' };
}

/** The place of the quotation mark that ends the string begun at `start`. */
function skipString(text: string, start: number): number {
  let place = start + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return place;
}
