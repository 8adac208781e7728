import type { BouncedRecipient, BounceNotice, ReportedAction } from '../domain/bounce.ts';
import { findBounceToken } from '../domain/bounce-token.ts';
import { classifyFailure } from './classify-failure.ts';
import { findRecipients, listAddresses, type NamedRecipient } from './find-recipients.ts';
import { findLoop, judgeLetter } from './judge-letter.ts';
import { normalizeReply } from './normalize-reply.ts';
import {
  readDeliveryStatus,
  type DeliveryStatus,
  type ReportedRecipient,
} from './read-delivery-status.ts';
import { readComplaint } from './read-complaint.ts';
import { readHeader, readMime, type MimePart } from './read-mime.ts';
import { readReturnedMail, RETURNED_TYPES, type ReturnedMail } from './read-returned-mail.ts';

const MOST_NESTED = 3;

/**
 * Reads what came back: a delivery status notification (RFC 3464), a complaint (RFC 5965), or the letter of a mail server that writes neither.
 * Takes any bytes, looks at the first 2 MB, and never throws; whether the claims are true is for the caller to check.
 */
export function parseBounce(bytes: Uint8Array): BounceNotice {
  return parseMail(readMime(bytes), 0);
}

function parseMail(mail: MimePart, depth: number): BounceNotice {
  const opened = readReturnedMail(mail);
  const notice = readNotice(opened);
  const names = readNames(opened);
  const originalMessageId = names.originalMessageId ?? notice.originalMessageId;
  const named = { ...notice, ...names, originalMessageId };
  if (notice.kind !== 'other' || depth >= MOST_NESTED) return named;
  // A bounce that somebody forwarded as an attachment.
  for (const leaf of opened.leaves.filter(({ type }) => type === 'message/rfc822')) {
    const inner = parseMail(readMime(Buffer.from(leaf.text)), depth + 1);
    if (inner.kind !== 'other') return { ...inner, token: names.token ?? inner.token };
  }
  return named;
}

type Found = Pick<BounceNotice, 'kind' | 'recipients' | 'reportedBy' | 'note'>;

function readNotice(mail: ReturnedMail): Found & BounceNotice {
  const nothing = { originalMessageId: null, token: null, envelopeId: null };
  const complaint = readComplaint(mail);
  if (complaint) return { ...nothing, ...complaint };
  const status = findStatusPart(mail);
  if (status) {
    const { envelopeId, messageId } = status;
    return { ...nothing, ...readReport(mail, status), envelopeId, originalMessageId: messageId };
  }
  return { ...nothing, ...readLetter(mail) };
}

/** The status part, or the same fields written into the text. */
function findStatusPart({ leaves, letter }: ReturnedMail): DeliveryStatus | null {
  const parts = leaves.filter(({ type }) => /delivery-status$/.test(type));
  const texts = [
    ...parts,
    ...leaves.filter(({ type }) => !RETURNED_TYPES.includes(type) && !type.endsWith('html')),
  ];
  for (const { text } of texts) {
    const status = readDeliveryStatus(text.slice(0, 200_000));
    if (status) return status;
  }
  return readDeliveryStatus(letter.words);
}

function readReport(mail: ReturnedMail, status: DeliveryStatus): Found {
  const named = findRecipients(mail.letter.words, listOthers(mail));
  const recipients = status.recipients.map((reported) => readReported(mail, reported, named));
  const actions = recipients.map(({ action }) => action ?? 'failed');
  const { reportedBy } = status;
  if (actions.includes('failed')) {
    const failed = recipients.filter(({ action }) => action === null || action === 'failed');
    return { kind: 'bounce', recipients: mergeRecipients(failed), reportedBy, note: null };
  }
  if (actions.includes('delayed'))
    return { kind: 'delay', recipients, reportedBy, note: 'a warning: the server is still trying' };
  return { kind: 'other', recipients, reportedBy, note: 'it reports a delivery, not a failure' };
}

function readReported(
  mail: ReturnedMail,
  reported: ReportedRecipient,
  named: readonly NamedRecipient[],
): BouncedRecipient {
  const addresses = [...reported.addresses];
  const known = addresses.map((address) => address.toLowerCase());
  const about = named.find((one) =>
    one.addresses.some((address) => known.includes(address.toLowerCase())),
  );
  if (addresses.length === 0) addresses.push(...listFallbacks(mail, named));
  const { action } = reported;
  const words = about?.text ?? named[0]?.text ?? '';
  const texts = [
    reported.diagnostic,
    words,
    mail.letter.words,
    readHeader(mail.headers, 'subject'),
  ];
  return describe(addresses, { status: reported.status, action, texts });
}

/** A server's letter without any fields. */
function readLetter(mail: ReturnedMail): Found {
  const { headers, letter } = mail;
  const subject = readHeader(headers, 'subject');
  const judged = judgeLetter(headers, letter.words);
  const reportedBy = /@([\w.-]{1,255})/.exec(readHeader(headers, 'from'))?.[1] ?? null;
  if (judged.kind !== 'bounce' && judged.kind !== 'delay') {
    const note = (judged.kind === 'other' ? findLoop(headers) : null) ?? judged.note;
    return { kind: judged.kind, recipients: [], reportedBy, note };
  }
  const named = findRecipients(letter.words, listOthers(mail));
  const listed = readHeader(headers, 'x-failed-recipients');
  const people = named.length > 0 && !listed ? named : nameListed(listAddresses(listed), named);
  // What is said of one of several proves nothing about another.
  const rest = people.length > 1 ? [] : [letter.words, subject];
  const recipients = people.map(({ addresses, text }) =>
    describe(addresses, {
      status: null,
      action: judged.kind === 'delay' ? 'delayed' : 'failed',
      texts: [text, ...rest],
    }),
  );
  const fallback = (): BouncedRecipient =>
    describe(listFallbacks(mail, named), {
      status: null,
      action: judged.kind === 'delay' ? 'delayed' : 'failed',
      texts: rest,
    });
  return {
    kind: judged.kind,
    recipients: recipients.length > 0 ? recipients : [fallback()],
    reportedBy,
    note: judged.kind === 'delay' ? judged.note : null,
  };
}

/** X-Failed-Recipients names them for sure; the letter has the reasons. */
function nameListed(
  listed: readonly string[],
  named: readonly NamedRecipient[],
): readonly NamedRecipient[] {
  return listed.map((address) => {
    const isSame = (one: NamedRecipient): boolean =>
      one.addresses.some((other) => other.toLowerCase() === address.toLowerCase());
    const about = named.find(isSame) ?? (listed.length === 1 ? named[0] : undefined);
    const aliases = about && isSame(about) ? about.addresses : [];
    return {
      addresses: [address, ...aliases.filter((other) => other !== address)],
      text: about?.text ?? '',
    };
  });
}

/** Whom it can only be about: the one the returned message went to, else the first address nobody else has. */
function listFallbacks(mail: ReturnedMail, named: readonly NamedRecipient[]): readonly string[] {
  const listed = listAddresses(readHeader(mail.headers, 'x-failed-recipients'));
  if (listed.length > 0) return listed.slice(0, 1);
  if (named[0]) return named[0].addresses;
  const to = listAddresses(readHeader(mail.returned, 'to'));
  if (to.length === 1) return to;
  const others = listOthers(mail);
  const written = listAddresses(`${readHeader(mail.headers, 'subject')}\n${mail.letter.words}`);
  const left = written.find((address) => !others.includes(address.toLowerCase()));
  return left ? [left] : to.slice(0, 1);
}

/** Addresses in a report that are no recipients: who sent the message, and whom the report went to. */
function listOthers({ headers, returned }: ReturnedMail): readonly string[] {
  const senders = ['from', 'sender', 'return-path', 'reply-to', 'errors-to'].map((name) =>
    readHeader(returned, name),
  );
  const own = ['from', 'to', 'delivered-to', 'x-original-to', 'return-path'].map((name) =>
    readHeader(headers, name),
  );
  const to = listAddresses(readHeader(returned, 'to')).map((address) => address.toLowerCase());
  return [...senders, ...own]
    .flatMap(listAddresses)
    .map((address) => address.toLowerCase())
    .filter((address) => !to.includes(address));
}

function describe(
  addresses: readonly string[],
  evidence: { status: string | null; action: ReportedAction | null; texts: readonly string[] },
): BouncedRecipient {
  const [address = null, ...others] = addresses;
  const judged = classifyFailure(evidence);
  const isDelivered = evidence.action !== null && !['failed', 'delayed'].includes(evidence.action);
  const text = evidence.texts.find((words) => words.trim() !== '') ?? '';
  return {
    address,
    aliases: others.filter((other) => other.toLowerCase() !== address?.toLowerCase()),
    ...judged,
    ...(isDelivered ? { class: 'unknown' as const, cause: 'unclear' } : {}),
    ...(evidence.action === 'delayed' ? { class: 'soft' as const } : {}),
    action: evidence.action,
    diagnostic: normalizeReply(text, []) || null,
  };
}

/** One row a person: of two reports the harder one stands. */
function mergeRecipients(recipients: readonly BouncedRecipient[]): readonly BouncedRecipient[] {
  const merged = new Map<string, BouncedRecipient>();
  for (const recipient of recipients) {
    const key = recipient.address?.toLowerCase() ?? '';
    if (merged.get(key)?.class !== 'hard') merged.set(key, recipient);
  }
  return [...merged.values()];
}

/** What names our message, apart from whom it went to. */
function readNames({
  headers,
  letter,
  returned,
}: ReturnedMail): Pick<BounceNotice, 'token' | 'originalMessageId'> {
  const places = [
    'to',
    'delivered-to',
    'x-original-to',
    'envelope-to',
    'x-envelope-to',
    'x-rcpt-to',
  ];
  const paths = [
    ...places.flatMap((name) => headers.get(name) ?? []),
    readHeader(returned, 'return-path'),
  ];
  const ids = [
    readHeader(returned, 'message-id'),
    /^[ \t]{0,20}message-id:[ \t]{0,20}(<[^<>\s]{3,300}>)/im.exec(
      `${letter.returned}\n${letter.words}`,
    )?.[1] ?? '',
    readHeader(headers, 'x-original-message-id'),
    readHeader(headers, 'in-reply-to'),
    readHeader(headers, 'references'),
  ];
  return {
    token: paths.map(findBounceToken).find((token) => token !== null) ?? null,
    originalMessageId: ids.flatMap((id) => /<[^<>\s]{3,300}>/.exec(id)?.[0] ?? [])[0] ?? null,
  };
}
