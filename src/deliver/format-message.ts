import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Message } from '../domain/email.ts';
import type { Mailbox } from '../domain/newsletter.ts';

/** RFC 5322 bytes of a message with CRLF line ends: text and HTML as alternatives. The same message always gives the same bytes. */
export function formatMessage(message: Message): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: cleanMailbox(message.from),
    to: cleanMailbox(message.to),
    subject: cleanLine(message.subject),
    messageId: message.messageId,
    date: new Date(message.date),
    headers: Object.entries(message.headers).map(([key, value]) => formatHeader(key, value)),
    text: message.text,
    html: message.html,
    encoding: 'quoted-printable',
    newline: 'win',
    boundaryPrefix: 'part',
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function cleanMailbox({ name, address }: Mailbox): Mailbox {
  return { name: cleanLine(name), address: cleanLine(address) };
}

/** Control characters and line ends would be encoded by the composer and come back out in some mail programs. */
function cleanLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Printable ASCII goes out as it is: the composer would fold a list link onto a second line, which some mail programs then overlook. */
function formatHeader(key: string, value: string) {
  const line = cleanLine(value);
  const isPlain = /^[\x20-\x7e]{1,900}$/.test(line);
  return { key, value: isPlain ? { prepared: true, value: line } : line };
}
