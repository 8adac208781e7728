import { parse } from 'csv-parse';
import { BriefingError } from '../domain/briefing-error.ts';
import { readCsvCell } from '../domain/csv-cell.ts';
import { isZone } from '../domain/local-time.ts';
import { NO_PREFERENCES } from '../domain/preferences.ts';
import { findAddressFault, type Subscriber } from '../domain/subscriber.ts';
import {
  endSubscription,
  listSubscriptions,
  saveReaders,
  type AddedReader,
  type NewReader,
} from '../store/subscribers.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';
import { choosePreferences, type Choices, type PreferenceWish } from './choose-preferences.ts';
import { listLooks } from './load-template-kit.ts';

/** What is said of a person who is added by hand or by a line of a CSV file. */
export interface SubscriberWish extends PreferenceWish {
  readonly address: string;
  readonly name?: string;
  readonly zone?: string | null;
  readonly language?: string | null;
  /** How the person agreed, in words; without it the subscription is pending. */
  readonly consent?: string;
  /** In a CSV that was exported: who is not active there does not become so here. */
  readonly state?: string;
}

/** What an import came to, with each refused line and its reason. */
export interface ImportedSubscribers {
  readonly added: number;
  readonly activated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

/** Adds one person to a newsletter. Throws BriefingError when the address, the zone or the language cannot be used. */
export async function addSubscriber(
  app: App,
  wish: SubscriberWish,
  newsletterSlug?: string,
): Promise<AddedReader> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const reader = toReader(wish, { newsletter, looks: await listLooks(app) });
  if (typeof reader === 'string') throw new BriefingError('invalid', `${reader} Nobody was added.`);
  const [result] = await saveReaders(app.store, [reader], app.now());
  if (result === 'left') {
    throw new BriefingError(
      'conflict',
      'This person has unsubscribed, and only they can change that. Nobody was added.',
    );
  }
  return result ?? 'unchanged';
}

/** Ends one person's subscription to a newsletter, as if they had left. */
export async function removeSubscriber(
  app: App,
  address: string,
  newsletterSlug?: string,
): Promise<void> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
  const readers = await listSubscriptions(app.store, address);
  const reader = readers.find(({ subscription }) => subscription.newsletter === newsletter.slug);
  if (!reader) {
    throw new BriefingError(
      'not_found',
      `Nobody with this address is subscribed to "${newsletter.slug}".`,
    );
  }
  const end = { reason: 'removed by the editor', now: app.now() };
  await endSubscription(app.store, reader.subscription.id, end);
}

const ROWS_AT_ONCE = 500;

/** Reads a CSV stream with a header line (address, and if known name, zone, language, consent, topics, mutes, minutes, look); good lines are kept whatever the others are. */
export async function importSubscribers(
  app: App,
  csv: NodeJS.ReadableStream,
  newsletterSlug?: string,
): Promise<ImportedSubscribers> {
  const newsletter = await chooseNewsletter(app, newsletterSlug);
  const choices = { newsletter, looks: await listLooks(app) };
  const totals = {
    added: 0,
    activated: 0,
    unchanged: 0,
    refused: [] as { line: number; reason: string }[],
  };
  let batch: { line: number; reader: NewReader }[] = [];
  const flush = async (): Promise<void> => {
    const results = await saveReaders(
      app.store,
      batch.map(({ reader }) => reader),
      app.now(),
    );
    results.forEach((result, index) => {
      if (result !== 'left') totals[result] += 1;
      else
        totals.refused.push({
          line: batch[index]?.line ?? 0,
          reason: 'this person has unsubscribed',
        });
    });
    batch = [];
  };
  for await (const { line, wish } of readWishes(csv)) {
    const reader = toReader(wish, choices);
    if (typeof reader === 'string') totals.refused.push({ line, reason: reader });
    else batch.push({ line, reader });
    if (batch.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  return { ...totals, refused: totals.refused.sort((a, b) => a.line - b.line) };
}

async function* readWishes(
  csv: NodeJS.ReadableStream,
): AsyncGenerator<{ line: number; wish: SubscriberWish }> {
  const parser = csv.pipe(
    parse({
      bom: true,
      cast: readCsvCell,
      columns: readHeader,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  );
  csv.on('error', (error) =>
    parser.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const row of parser) {
      const { record, info } = row as {
        record: Record<string, string | undefined>;
        info: { lines: number };
      };
      yield { line: info.lines, wish: { ...record, address: record['address'] ?? '' } };
    }
  } catch (error) {
    if (error instanceof BriefingError || (error as { code?: string }).code?.startsWith('E'))
      throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new BriefingError(
      'invalid',
      `The CSV cannot be read: ${why}. The lines before it were imported.`,
    );
  }
}

function readHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const aliases: Readonly<Record<string, string>> = {
    email: 'address',
    'e-mail': 'address',
    timezone: 'zone',
    mute: 'mutes',
  };
  const columns = names.map((name) => aliases[name] ?? name);
  if (!columns.includes('address')) {
    throw new BriefingError(
      'invalid',
      'The CSV has no column "address" (or "email") in its first line. Add a header line such as: address,name,zone,language,consent',
    );
  }
  return columns;
}

/** The reader, or one sentence that says why there is none. */
function toReader(wish: SubscriberWish, choices: Choices): NewReader | string {
  const fault = findAddressFault(wish.address);
  if (fault) return `"${wish.address}" is not an e-mail address: ${fault}.`;
  const state = wish.state || 'active';
  if (state === 'unsubscribed') return 'this person has unsubscribed.';
  const details = readDetails(wish);
  if (typeof details === 'string') return details;
  const preferences = choosePreferences(NO_PREFERENCES, wish, choices);
  if (typeof preferences === 'string') return preferences;
  return {
    address: wish.address,
    ...details,
    newsletter: choices.newsletter.slug,
    consent: state === 'active' ? wish.consent?.trim() || null : null,
    preferences,
  };
}

/** What is known of a person beside their address, or one sentence that says why it cannot be so. */
export function readDetails(
  wish: Pick<SubscriberWish, 'name' | 'zone' | 'language'>,
): Pick<Subscriber, 'name' | 'zone' | 'language'> | string {
  if (wish.zone && !isZone(wish.zone))
    return `"${wish.zone}" is not a time zone; use a name such as Europe/Berlin.`;
  if (wish.language && !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(wish.language)) {
    return `"${wish.language}" is not a language code; use one such as en or pt-BR.`;
  }
  return {
    name: (wish.name ?? '')
      .replace(/[\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 200),
    zone: wish.zone || null,
    language: wish.language || null,
  };
}
