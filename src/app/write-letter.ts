import type { Email, Message } from '../domain/email.ts';
import type { Instant } from '../domain/instant.ts';
import type { Letter } from '../domain/letter.ts';
import { makeMailto } from '../domain/mailto.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { addressEmail } from '../render/address-email.ts';
import { renderLetter } from '../render/render-letter.ts';
import { queueOutboxMail } from '../store/outbox.ts';
import type { App } from './app.ts';
import { loadLetterKit } from './load-template-kit.ts';

/** A letter ready to be written to any number of readers; each look and language is rendered once. */
export interface LetterPress {
  readonly app: App;
  readonly newsletter: LetterSender;
  readonly letter: Letter;
  /** Emails by look and language. */
  readonly emails: Map<string, Email>;
}

/** The newsletter a letter speaks for. */
type LetterSender = Pick<
  Newsletter,
  'slug' | 'name' | 'language' | 'sender' | 'postalAddress' | 'look' | 'design'
>;

/** One letter's reader, and what makes it one of its kind. */
interface LetterCopy {
  readonly reader: LetterReader;
  readonly occasion: LetterOccasion;
}

interface LetterReader {
  readonly address: string;
  readonly name: string;
  readonly language: string;
  /** The look they chose; null: the newsletter's. */
  readonly look: string | null;
  /** Link token that unsubscribes; empty where there is nothing to leave. */
  readonly token: string;
}

interface LetterOccasion {
  /** The same one always gives the same Message-ID, and is queued once. */
  readonly subjectKey: string;
  readonly date: Instant;
  /** Message-ID of the mail it is about. */
  readonly about?: string;
  /** The subscription without which it must not be sent; left out for a letter that needs none. */
  readonly subscriptionId?: string;
}

/** Opens the press of a letter. */
export function openLetterPress(app: App, newsletter: LetterSender, letter: Letter): LetterPress {
  return { app, newsletter, letter, emails: new Map() };
}

/** The message of a letter to one reader. */
export async function writeLetter(press: LetterPress, copy: LetterCopy): Promise<Message> {
  const { reader, occasion } = copy;
  const { app, newsletter, letter } = press;
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  const isLeaving = reader.token !== '' && MAY_BE_LEFT.includes(letter.kind);
  const { publicUrl } = app.settings;
  const page = isLeaving && publicUrl ? `${publicUrl}/unsubscribe/${reader.token}` : null;
  const mailto = makeMailto(newsletter.sender.address, `unsubscribe ${newsletter.slug}`);
  const message = addressEmail(await renderCopy(press, reader), {
    from: newsletter.sender,
    to: { name: reader.name, address: reader.address },
    messageId: makeMessageId(`${newsletter.slug} ${letter.kind}`, occasion.subjectKey, domain),
    date: occasion.date,
    links: { unsubscribe: page, oneClick: page, mailto: isLeaving ? mailto : null, archive: null },
    slots: {},
    listId: `${newsletter.slug}.${domain}`,
    ...(occasion.about && { inReplyTo: occasion.about }),
  });
  return letter.kind === 'correction' ? message : { ...message, headers: dropBulk(message) };
}

/** Writes a letter and queues it in the outbox; false when this occasion had its letter already, whatever became of it. */
export async function queueLetter(press: LetterPress, copy: LetterCopy): Promise<boolean> {
  const { subjectKey, subscriptionId } = copy.occasion;
  return await queueOutboxMail(press.app.store, {
    purpose: press.letter.kind,
    subjectKey,
    message: await writeLetter(press, copy),
    ...(subscriptionId && { subscriptionId }),
    now: press.app.now(),
  });
}

/** The other letters end, or come before, what there would be to leave. */
const MAY_BE_LEFT: readonly Letter['kind'][] = ['welcome', 'correction'];
const BULK = ['Precedence', 'Feedback-ID'];

/** A letter that answers what one person did is no bulk mail; a correction goes to everybody who had the issue. */
function dropBulk({ headers }: Message): Message['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !BULK.includes(name)));
}

async function renderCopy(press: LetterPress, reader: LetterReader): Promise<Email> {
  const { app, newsletter, letter, emails } = press;
  const { language, look } = reader;
  const key = `${look ?? ''} ${language}`;
  const known = emails.get(key);
  if (known) return known;
  const kit = await loadLetterKit(app, { ...newsletter, chosen: look }, letter.kind);
  const email = renderLetter(kit, letter, { newsletter, language });
  emails.set(key, email);
  return email;
}
