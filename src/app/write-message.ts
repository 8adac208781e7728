import { nameVariant, tailorIssue } from '../compose/tailor-issue.ts';
import type { ReaderSnapshot } from '../domain/delivery.ts';
import type { Email, Message } from '../domain/email.ts';
import type { Issue, IssueDocument } from '../domain/issue.ts';
import { localDateAt } from '../domain/local-time.ts';
import { makeLinkToken } from '../domain/link-token.ts';
import { makeMailto } from '../domain/mailto.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Instant } from '../domain/instant.ts';
import { addressEmail } from '../render/address-email.ts';
import type { TemplateKit } from '../render/compile-templates.ts';
import { renderIssue } from '../render/render-issue.ts';
import { findFrozenTemplates } from '../store/issues.ts';
import type { App } from './app.ts';
import { keepTemplateKit } from './load-template-kit.ts';
import { placePicture } from './name-picture.ts';

/** An issue ready to be written to any number of readers; each variant is rendered once. */
export interface Press {
  readonly document: IssueDocument;
  readonly kit: TemplateKit;
  readonly variants: Map<string, Email>;
}

/** Opens the press of an issue: with the templates frozen with it, or for a draft with those on disk. */
export async function openPress(app: App, newsletter: Newsletter, issue: Issue): Promise<Press> {
  const frozen = await findFrozenTemplates(app.store, issue.id);
  const kit = frozen ? (JSON.parse(frozen) as TemplateKit) : await keepTemplateKit(app, newsletter);
  return { document: placePicture(app, issue.document), kit, variants: new Map() };
}

/** What one reader gets: a pure function of the press and their snapshot, so a retry has the same bytes. */
export function writeMessage(press: Press, reader: ReaderSnapshot, messageId: string): Message {
  const { sender, slug } = press.document.newsletter;
  const unsubscribe =
    reader.publicUrl && reader.token ? `${reader.publicUrl}/unsubscribe/${reader.token}` : null;
  const domain = sender.address.split('@').at(-1) ?? 'localhost';
  return addressEmail(renderVariant(press, reader), {
    from: sender,
    to: { name: reader.name, address: reader.address },
    messageId,
    date: reader.date,
    links: {
      unsubscribe,
      oneClick: unsubscribe,
      mailto: reader.token ? makeMailto(sender.address, `unsubscribe ${slug}`) : null,
      archive: reader.publicUrl
        ? `${reader.publicUrl}/n/${slug}/issues/${press.document.date}`
        : null,
    },
    slots: {},
    listId: `${slug}.${domain}`,
  });
}

/** What is fixed about a reader at their first claim. */
export function snapshotReader(
  app: App,
  newsletter: Newsletter,
  reader: { subscriber: Subscriber; subscriptionId: string; minutes?: number | null },
): ReaderSnapshot {
  const { subscriber, subscriptionId } = reader;
  return {
    subscriberId: subscriber.id,
    subscriptionId,
    address: subscriber.address,
    name: subscriber.name,
    zone: subscriber.zone ?? newsletter.zone,
    language: subscriber.language ?? newsletter.language,
    token: makeLinkToken(app.secret, 'unsubscribe', subscriptionId),
    publicUrl: app.settings.publicUrl,
    date: app.now(),
    ...(reader.minutes ? { minutes: reader.minutes } : {}),
  };
}

/** A reader who is nobody: for previews and test sends, which must not show a subscriber. */
export function inventReader(
  newsletter: Pick<Newsletter, 'zone' | 'language'>,
  address: string,
  now: Instant,
): ReaderSnapshot {
  return {
    subscriberId: '',
    subscriptionId: '',
    address,
    name: '',
    zone: newsletter.zone,
    language: newsletter.language,
    token: '',
    publicUrl: '',
    date: now,
  };
}

function renderVariant(press: Press, reader: ReaderSnapshot): Email {
  const localDate = localDateAt(reader.zone, reader.date);
  const { language, minutes } = reader;
  const reading = { language, localDate, ...(minutes === undefined ? {} : { minutes }) };
  const variant = nameVariant(press.document, reading);
  const known = press.variants.get(variant);
  if (known) return known;
  const email = renderIssue(press.kit, tailorIssue(press.document, reading));
  press.variants.set(variant, email);
  return email;
}
