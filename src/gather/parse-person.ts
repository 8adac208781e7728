import type { Person } from './parsed-feed.ts';
import { toPlainText } from './sanitize-html.ts';

const ADDRESS = /[^\s<>()"',;:]{1,64}@[^\s<>()"',;:]{1,255}/;

/** A person written as `name`, `address (name)`, `name (address)`, `name <address>` or `address`; null for nothing. */
export function parsePerson(written: string): Person | null {
  const text = written.slice(0, 500).trim();
  const email = ADDRESS.exec(text)?.[0] ?? null;
  const rest = email ? text.replace(email, ' ').replace(/mailto:|[<>()"]/g, ' ') : text;
  const name = toPlainText(rest) || null;
  return name || email ? { name, email } : null;
}
