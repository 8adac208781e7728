import type { Email, Message } from '../domain/email.ts';
import type { Instant } from '../domain/instant.ts';
import type { Letter } from '../domain/letter.ts';
import { makeMailto } from '../domain/mailto.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { addressEmail } from '../render/address-email.ts';
import { renderLetter } from '../render/render-letter.ts';
import type { App } from './app.ts';
import { loadLetterKit } from './load-template-kit.ts';

/** The newsletter a letter speaks for. */
type LetterSender = Pick<Newsletter, 'slug' | 'name' | 'language' | 'sender' | 'postalAddress'>;

/** Who a letter goes to. */
interface LetterReader {
  readonly address: string;
  readonly name: string;
  readonly language: string;
  readonly look: string;
  /** Link token that unsubscribes; empty where there is nothing to leave. */
  readonly token: string;
}

/** What makes a letter one of its kind: the same subject key always gives the same Message-ID. */
interface LetterOccasion {
  readonly subjectKey: string;
  readonly date: Instant;
  /** Message-ID of the mail it is about. */
  readonly about?: string;
}

/** The message of a letter to one reader. */
export async function writeLetter(
  app: App,
  letter: Letter,
  to: { newsletter: LetterSender; reader: LetterReader; occasion: LetterOccasion },
): Promise<Message> {
  const { newsletter, reader } = to;
  const kit = await loadLetterKit(app, reader, letter.kind);
  const email = renderLetter(kit, letter, { newsletter, language: reader.language });
  return addressLetter(app, { letter, email }, to);
}

function addressLetter(
  app: App,
  { letter, email }: { letter: Letter; email: Email },
  { newsletter, reader, occasion }: Parameters<typeof writeLetter>[2],
): Message {
  const { address, token } = reader;
  const { publicUrl } = app.settings;
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  const isLeaving = token !== '' && (letter.kind === 'welcome' || letter.kind === 'correction');
  const page = isLeaving && publicUrl ? `${publicUrl}/unsubscribe/${token}` : null;
  const mailto = makeMailto(newsletter.sender.address, `unsubscribe ${newsletter.slug}`);
  const message = addressEmail(email, {
    from: newsletter.sender,
    to: { name: reader.name, address },
    messageId: makeMessageId(`${newsletter.slug} ${letter.kind}`, occasion.subjectKey, domain),
    date: occasion.date,
    links: { unsubscribe: page, oneClick: page, mailto: isLeaving ? mailto : null, archive: null },
    slots: {},
    listId: `${newsletter.slug}.${domain}`,
  });
  return { ...message, headers: chooseHeaders(message, occasion) };
}

const BULK = ['Precedence', 'Feedback-ID'];

/** A letter answers what one person did, so it is no bulk mail; what it is about stands above it in their inbox. */
function chooseHeaders({ headers }: Message, { about }: LetterOccasion): Message['headers'] {
  const list = Object.entries(headers).filter(([name]) => !BULK.includes(name));
  const thread = about ? { 'In-Reply-To': about, References: about } : {};
  return { ...Object.fromEntries(list), ...thread, 'Auto-Submitted': 'auto-generated' };
}
