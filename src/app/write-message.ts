import { tailorIssue, type Reading, type TailoredIssue } from '../compose/tailor-issue.ts';
import type { ReaderSnapshot } from '../domain/delivery.ts';
import type { Email, Message } from '../domain/email.ts';
import type { Issue, IssueDocument } from '../domain/issue.ts';
import type { IssueDigest } from '../domain/issue-digest.ts';
import { isZone, localDateAt, localTimeAt, type LocalDate } from '../domain/local-time.ts';
import { makeLinkToken } from '../domain/link-token.ts';
import { makeMailto } from '../domain/mailto.ts';
import { partOfDayAt } from '../domain/part-of-day.ts';
import { NO_PREFERENCES, type Preferences } from '../domain/preferences.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Instant } from '../domain/instant.ts';
import { addressEmail } from '../render/address-email.ts';
import { chooseLanguage } from '../render/catalogue.ts';
import { cleanText } from '../render/clean-text.ts';
import { renderIssue } from '../render/render-issue.ts';
import { findFrozenTemplates } from '../store/issues.ts';
import type { App } from './app.ts';
import { loadPressKit, type PressKit } from './load-press-kit.ts';
import { locatePicture, placePicture } from './name-picture.ts';

/** An issue ready to be written to any number of readers; each variant is rendered once. */
export interface Press {
  readonly document: IssueDocument;
  readonly kit: PressKit;
  /** Emails by variant. */
  readonly variants: Map<string, Email>;
  /** Variants by reading, so that a reader like one before costs nothing. */
  readonly readings: Map<string, string>;
  /** What the clocks of a zone show in a minute: looking costs more than all the rest. */
  readonly clocks: Map<string, Pick<Reading, 'isOlder' | 'partOfDay'>>;
}

/** Opens the press of an issue: with the templates frozen with it, or for a draft with those on disk. */
export async function openPress(app: App, newsletter: Newsletter, issue: Issue): Promise<Press> {
  const frozen = await findFrozenTemplates(app.store, issue.id);
  const kit = frozen
    ? (JSON.parse(frozen) as PressKit)
    : await loadPressKit(app, newsletter, issue);
  const { picture = locatePicture(app, issue.document) } = kit;
  return makePress(placePicture(issue.document, picture), kit);
}

/** A press that has printed nothing yet. */
export function makePress(document: IssueDocument, kit: PressKit): Press {
  return { document, kit, variants: new Map(), readings: new Map(), clocks: new Map() };
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
    slots: { readerName: chooseGreetedName(reader.name) },
    listId: `${slug}.${domain}`,
  });
}

/** What is fixed about a reader at their first claim. */
export function snapshotReader(
  app: App,
  newsletter: Newsletter,
  reader: {
    subscriber: Subscriber;
    subscriptionId: string;
    preferences: Preferences;
    lastReceived?: LocalDate | null;
  },
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
    preferences: reader.preferences,
    ...(reader.lastReceived === undefined ? {} : { lastReceived: reader.lastReceived }),
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

/** The issue as this reader gets it, without the rendering. */
export function readIssueAs(press: Press, reader: ReaderSnapshot): TailoredIssue {
  return tailorIssue(press.document, chooseReading(press, reader), listHistory(press));
}

/** Much longer names are no names, and push the brief down. */
const LONGEST_NAME = 60;

function chooseGreetedName(name: string): string {
  const clean = cleanText(name);
  return clean.length > LONGEST_NAME ? '' : clean;
}

function chooseReading(press: Press, reader: ReaderSnapshot): Reading {
  const preferences = reader.preferences ?? NO_PREFERENCES;
  const { kit } = press;
  return {
    language: chooseLanguage(kit.catalogues, reader.language),
    look: kit.otherLooks?.[preferences.look ?? ''] ? (preferences.look ?? '') : kit.look,
    preferences,
    ...readClock(press, reader),
    ...(reader.lastReceived === undefined ? {} : { lastReceived: reader.lastReceived }),
  };
}

function readClock({ document, clocks }: Press, reader: ReaderSnapshot) {
  const minute = `${reader.zone} ${reader.date.slice(0, 16)}`;
  const known = clocks.get(minute);
  if (known) return known;
  const zone = isZone(reader.zone) ? reader.zone : 'Etc/UTC';
  const clock = {
    isOlder: document.date < localDateAt(zone, reader.date),
    partOfDay: reader.zone === '' ? null : partOfDayAt(localTimeAt(zone, reader.date)),
  };
  remember(clocks, MOST_READINGS, [minute, clock]);
  return clock;
}

function listHistory({ kit }: Press): readonly IssueDigest[] {
  return kit.history ?? [];
}

/** As many as are likely to be asked for again; memory stays flat however much readers differ. */
const MOST_VARIANTS = 100;
const MOST_READINGS = 10_000;

function renderVariant(press: Press, reader: ReaderSnapshot): Email {
  const reading = chooseReading(press, reader);
  const key = JSON.stringify(reading);
  const known = press.variants.get(press.readings.get(key) ?? '');
  if (known) return known;
  const tailored = tailorIssue(press.document, reading, listHistory(press));
  remember(press.readings, MOST_READINGS, [key, tailored.variant]);
  const shared = press.variants.get(tailored.variant);
  if (shared) return shared;
  const email = renderIssue(press.kit, tailored);
  remember(press.variants, MOST_VARIANTS, [tailored.variant, email]);
  return email;
}

function remember<Value>(
  known: Map<string, Value>,
  most: number,
  [key, value]: readonly [string, Value],
): void {
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size >= most) known.delete(oldest);
  known.set(key, value);
}
