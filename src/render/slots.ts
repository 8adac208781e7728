import type { Email } from '../domain/email.ts';

// Control characters: cleanText takes them out of every text, so nothing a feed says can look like a slot.
const OPEN = '\u0002';
const CLOSE = '\u0003';
const PASSAGE = /\u0002\?(\w+)\u0003(.*?)\u0002\/\1\u0003/gs;
const SLOT = /\u0002(\w+)\u0003/g;
const MARK = /\u0002[^\u0003]*\u0003/g;
const TYPICAL_ADDRESS = 24;

/** What differs from reader to reader in one email, by slot name, as plain text. */
export type Slots = Readonly<Record<string, string>>;

/** The mark that stands for one slot until fillSlots. */
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

/** Puts each reader's values into an email, escaped in the HTML; a slot without a value and the passages about it vanish. */
export function fillSlots(email: Email, slots: Slots): Email {
  return {
    subject: fillText(email.subject, slots, cleanValue),
    html: fillText(email.html, slots, (value) => escapeHtml(cleanValue(value))),
    text: fillText(email.text, slots, cleanValue),
  };
}

function fillText(text: string, slots: Slots, write: (value: string) => string): string {
  const kept = text.replace(PASSAGE, (_, name: string, passage: string) =>
    slots[name] ? fillText(passage, slots, write) : '',
  );
  return kept.replace(SLOT, (_, name: string) => write(slots[name] ?? ''));
}

function cleanValue(value: string): string {
  return value.replace(/\p{Cc}/gu, '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
