// Control characters: cleanText takes them out of every text, so nothing a feed says can look like a slot.
const OPEN = '\u0002';
const CLOSE = '\u0003';
const PLACE = /\u0002\?(\w+)\u0003(.*?)\u0002\/\1\u0003|\u0002(\w+)\u0003/gs;
const SLOT = /\u0002(\w+)\u0003/g;
const MARK = /\u0002[^\u0003]*\u0003/g;
const TYPICAL_ADDRESS = 24;

/** What differs from reader to reader in one email, by slot name, as plain text. */
export type Slots = Readonly<Record<string, string>>;

/** A text with slots, taken apart: what never changes, the places of values, and the passages about one. */
export type SlotPiece =
  | string
  | { readonly slot: string }
  | { readonly passageOf: string; readonly pieces: readonly SlotPiece[] };

/** The mark that stands for one slot until it is filled. */
export function renderSlot(name: string): string {
  return `${OPEN}${name}${CLOSE}`;
}

/** A passage that stays only when its slot has a value. */
export function renderSlotPassage(name: string, passage: string): string {
  return `${OPEN}?${name}${CLOSE}${passage}${OPEN}/${name}${CLOSE}`;
}

/** The text without its marks, and the columns that what fills them will about take. */
export function measureSlots(text: string): { rest: string; width: number } {
  const slots = text.match(SLOT)?.length ?? 0;
  return { rest: text.replace(MARK, ''), width: slots * TYPICAL_ADDRESS };
}

/** Takes a text apart at its slots; no piece is an empty string. */
export function splitSlots(text: string): readonly SlotPiece[] {
  const pieces: SlotPiece[] = [];
  let end = 0;
  for (const place of text.matchAll(PLACE)) {
    const [mark, passageOf, passage, slot] = place;
    if (place.index > end) pieces.push(text.slice(end, place.index));
    if (passageOf) pieces.push({ passageOf, pieces: splitSlots(passage ?? '') });
    else if (slot) pieces.push({ slot });
    end = place.index + mark.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** Fills the slots of a plain text; a slot without a value and the passages about it vanish. */
export function fillText(text: string, slots: Slots): string {
  return fillPieces(splitSlots(text), slots, cleanValue);
}

/** Fills the slots of an HTML text, values escaped. */
export function fillHtml(text: string, slots: Slots): string {
  return fillPieces(splitSlots(text), slots, escapeValue);
}

function fillPieces(
  pieces: readonly SlotPiece[],
  slots: Slots,
  write: (value: string) => string,
): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('slot' in piece) return write(slots[piece.slot] ?? '');
      return slots[piece.passageOf] ? fillPieces(piece.pieces, slots, write) : '';
    })
    .join('');
}

/** A slot's value as a plain text takes it. */
export function cleanValue(value: string): string {
  return value.replace(/\p{Cc}/gu, '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A slot's value as HTML takes it, in text and attributes. */
export function escapeValue(value: string): string {
  return cleanValue(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
