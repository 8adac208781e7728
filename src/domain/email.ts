import type { Instant } from './instant.ts';
import type { Mailbox } from './newsletter.ts';

/** Subject + HTML + text, no addressee. Per-reader places in it are filled in by render.addressEmail. */
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
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Further headers by name, one value each, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
}
