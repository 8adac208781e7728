import { BriefingError } from '../domain/briefing-error.ts';
import type { Email, Message } from '../domain/email.ts';
import type { Instant } from '../domain/instant.ts';
import type { Mailbox } from '../domain/newsletter.ts';
import { fillText, type Slots } from '../domain/slots.ts';
import { findAddressFault, maskAddress } from '../domain/subscriber.ts';
import { cleanText } from './clean-text.ts';

/** Where a reader's own links lead; null where there is no such page or address. */
interface ReaderLinks {
  /** The page that asks before it unsubscribes. */
  readonly unsubscribe: string | null;
  /** The address that unsubscribes on POST (RFC 8058). */
  readonly oneClick: string | null;
  /** `mailto:` address that unsubscribes. */
  readonly mailto: string | null;
  /** The issue on the web. */
  readonly archive: string | null;
}

/** Everything about a message that its email does not say. */
export interface Envelope {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly messageId: string;
  readonly date: Instant;
  readonly slots: Slots;
  readonly links: ReaderLinks;
  /** Identifier of the newsletter (RFC 2919) without angle brackets: `morning.example.org`. */
  readonly listId: string;
}

/** The message for one reader: what fills its slots, and list headers (RFC 2369, 2919, 8058); throws BriefingError `invalid` for an address no mail can go to. */
export function addressEmail(email: Email, envelope: Envelope): Message {
  const slots = listSlots(envelope);
  return {
    messageId: cleanText(envelope.messageId),
    date: envelope.date,
    from: cleanMailbox(envelope.from),
    to: cleanMailbox(envelope.to),
    subject: cleanText(fillText(email.subject, slots)),
    email,
    slots,
    headers: listHeaders(envelope),
  };
}

/** With no public address the footer's way out is a mail. */
function listSlots({ slots, links, to }: Envelope): Slots {
  return {
    readerAddress: to.address,
    ...slots,
    unsubscribeUrl: links.unsubscribe ?? links.mailto ?? '',
    archiveUrl: links.archive ?? '',
  };
}

function listHeaders({ links, listId, date }: Envelope): Record<string, string> {
  const id = listId.toLowerCase().replace(/[^a-z0-9.-]/g, '');
  const page = links.oneClick ?? links.unsubscribe;
  const ways = [page, links.mailto].map(cleanUri).filter(Boolean);
  return {
    'List-Id': `<${id}>`,
    ...(ways.length > 0 && { 'List-Unsubscribe': ways.map((way) => `<${way}>`).join(', ') }),
    ...(cleanUri(links.oneClick) && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    ...(cleanUri(links.archive) && { 'List-Archive': `<${cleanUri(links.archive)}>` }),
    Precedence: 'bulk',
    'Feedback-ID': `${date.slice(0, 10)}:issue:${id}`,
  };
}

/** A URI as a header may carry it: none of the characters that would end it or the line. */
function cleanUri(uri: string | null): string {
  const clean = uri ? URL.parse(uri)?.href.replace(/[<>\s,]/g, encodeURIComponent) : undefined;
  return clean && /^(https?|mailto):/.test(clean) ? clean : '';
}

function cleanMailbox({ name, address }: Mailbox): Mailbox {
  const fault = findAddressFault(address);
  if (fault)
    throw new BriefingError(
      'invalid',
      `The address ${cleanText(maskAddress(address))} cannot be mailed: ${fault}. Correct it.`,
    );
  return { name: cleanText(name), address };
}
