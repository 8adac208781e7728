import type { Hash } from 'node:crypto';
import type { Message } from '../domain/email.ts';
import { fillBody } from './fill-body.ts';
import { formatHeader, formatMailboxHeader } from './format-header.ts';
import { prepareBody, type PreparedBody } from './prepare-body.ts';
import type { Signer } from './open-signer.ts';

/**
 * RFC 5322 bytes of a message with CRLF line ends: text and HTML as alternatives. The same message always gives the same bytes.
 * With a `signer` the DKIM signatures come first. No line starts with a dot, so the bytes travel as they are (RFC 5321, section 4.5.2).
 */
export async function formatMessage(
  message: Message,
  signer: Signer | null = null,
): Promise<Uint8Array> {
  const body = prepareBody(message.email);
  const chunks = fillBody(body, message.slots);
  const headers = formatHeaders(message, body);
  const signatures = signer
    ? await signer.sign(headers, hashBody(body.startHash.copy(), chunks))
    : '';
  return Buffer.concat([Buffer.from(`${signatures}${headers.join('')}\r\n`), ...chunks]);
}

function formatHeaders(message: Message, body: PreparedBody): readonly string[] {
  const { from, subject } = message;
  return [
    formatOnce(body, `From ${from.name} ${from.address}`, () => formatMailboxHeader('From', from)),
    formatMailboxHeader('To', message.to),
    formatOnce(body, `Subject ${subject}`, () => formatHeader('Subject', subject)),
    formatHeader('Date', formatDate(message.date)),
    formatHeader('Message-ID', message.messageId),
    ...Object.entries(message.headers).map(([name, value]) => formatHeader(name, value)),
    'MIME-Version: 1.0\r\n',
    `Content-Type: multipart/alternative;\r\n boundary="${body.boundary}"\r\n`,
  ];
}

/** Encoding words costs more than all the rest, and a variant has one sender and one subject. */
function formatOnce({ knownFields }: PreparedBody, key: string, format: () => string): string {
  const known = knownFields.get(key);
  if (known !== undefined) return known;
  const field = format();
  knownFields.set(key, field);
  return field;
}

/** `Sun, 29 Mar 2026 05:00:00 +0000` */
function formatDate(date: string): string {
  return new Date(date).toUTCString().replace('GMT', '+0000');
}

function hashBody(start: Hash, chunks: readonly Uint8Array[]): string {
  for (const chunk of chunks.slice(1)) start.update(chunk);
  return start.digest('base64');
}
