import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
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
  /** The Message-ID of the message this one corrects, so that mail programs show them together. */
  readonly inReplyTo?: string;
}

/** The message for one reader: what fills its slots, and list headers (RFC 2369, 2919, 3834, 8058); throws BriefingError `invalid` for an address no mail can go to. */
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
    headers: { ...listThreadHeaders(envelope), ...listHeaders(envelope) },
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

/** RFC 5322, section 3.6.4. */
function listThreadHeaders({ inReplyTo }: Envelope): Record<string, string> {
  const id = cleanText(inReplyTo);
  return id === '' ? {} : { 'In-Reply-To': id, References: id };
}

function listHeaders({ links, listId, date }: Envelope): Record<string, string> {
  const { id, sender } = nameList(listId);
  const page = cleanUri(links.oneClick ?? links.unsubscribe);
  const ways = [page, cleanUri(links.mailto)].filter(Boolean);
  const archive = cleanUri(links.archive);
  return {
    'List-Id': `<${id}>`,
    ...(ways.length > 0 && { 'List-Unsubscribe': ways.map((way) => `<${way}>`).join(', ') }),
    ...(links.oneClick && page && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    ...(archive && {
      'List-Archive': `<${archive.replace(/\/[^/]*$/, '')}>`,
      'Archived-At': `<${archive}>`,
    }),
    // Nobody's holiday notice should answer a mail that nobody wrote by hand (RFC 3834, section 5).
    'Auto-Submitted': 'auto-generated',
    Precedence: 'bulk',
    'Feedback-ID': `${date.slice(0, 10)}:${id}:issue:${sender}`,
  };
}

/** A list as headers name it; found out once, for all its readers. */
interface ListNames {
  readonly id: string;
  readonly sender: string;
}

const lists = new Map<string, ListNames>();
const MOST_LISTS = 100;

function nameList(listId: string): ListNames {
  const known = lists.get(listId);
  if (known) return known;
  const name = cleanText(listId).toLowerCase();
  const id = (domainToASCII(name) || name).replace(/[^a-z0-9.-]/g, '');
  const named = { id, sender: nameSender(id) };
  if (lists.size >= MOST_LISTS) lists.clear();
  lists.set(listId, named);
  return named;
}

/** The last field of a Feedback-ID: always the same for one sender, in 5 to 15 characters, or Google counts nothing. */
function nameSender(listId: string): string {
  return createHash('sha256').update(listId).digest('hex').slice(0, 12);
}

/** A URI as a header may carry it: none of the characters that would end it or the line. */
function cleanUri(uri: string | null): string {
  const clean = uri ? URL.parse(uri)?.href.replace(/[<>\s,"]/g, encodeURIComponent) : undefined;
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
