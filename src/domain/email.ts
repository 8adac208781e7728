import type { Instant } from './instant.ts';
import type { Mailbox } from './newsletter.ts';
import { fillHtml, fillText, type Slots } from './slots.ts';

/** Subject + HTML + text, no addressee. What differs from reader to reader is still a slot (see slots.ts). */
export interface Email {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** An email with an addressee and headers, ready to send. The same message always formats to the same bytes. */
export interface Message {
  /** With angle brackets: `<…@domain>`. */
  readonly messageId: string;
  readonly date: Instant;
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** The envelope's sender, where what cannot be delivered comes back to; the address of `from` when left out. */
  readonly returnPath?: string;
  /** What a server that gives it back is asked to name it by (RFC 3461, section 4.4): letters and digits. */
  readonly envelopeId?: string;
  readonly subject: string;
  /** Shared by all readers of a variant, so that it is encoded once. */
  readonly email: Email;
  readonly slots: Slots;
  /** Further headers by name, one value each, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the reader of a message sees, with every slot filled. */
export function readMessage({ subject, email, slots }: Message): Email {
  return { subject, html: fillHtml(email.html, slots), text: fillText(email.text, slots) };
}
