import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import type { ReaderSnapshot } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import type { IssueDocument, IssueState } from '../domain/issue.ts';
import type { Letter } from '../domain/letter.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { listIssues } from '../store/issues.ts';
import { listSubscriptions } from '../store/subscribers.ts';
import { PACKAGE_ROOT, type App } from './app.ts';
import { findNamedIssue } from './choose-newsletter.ts';
import { loadTemplateKit } from './load-template-kit.ts';
import { SAMPLE_LETTERS } from './sample-letters.ts';
import { openLetterPress, writeLetter } from './write-letter.ts';
import {
  inventReader,
  makePress,
  openPress,
  snapshotReader,
  writeMessage,
} from './write-message.ts';

/** Something the preview can show. `name` is `NEWSLETTER/DATE`, or `sample/NAME` for a bundled sample. */
export interface Previewable {
  readonly name: string;
  readonly kind: 'issue' | 'sample';
  readonly title: string;
  readonly date: LocalDate;
  /** Null for a sample. */
  readonly state: IssueState | null;
  /** Null for a letter. */
  readonly stories: number | null;
}

const SAMPLES = join(PACKAGE_ROOT, 'seeds', 'samples');
const PREVIEW_ADDRESS = 'reader@example.org';

/** Every issue, newest first, then the bundled samples. */
export async function listPreviewables(app: App): Promise<readonly Previewable[]> {
  const issues = (await listIssues(app.store)).map((issue) => ({
    ...describeDocument(issue.document),
    name: `${issue.newsletter}/${issue.date}`,
    kind: 'issue' as const,
    state: issue.state,
  }));
  const letters = SAMPLE_LETTERS.map(({ kind }) => ({
    name: `sample/${kind}`,
    kind: 'sample' as const,
    title: LETTER_TITLES[kind],
    date: readSample(LETTERS_OF).date,
    state: null,
    stories: null,
  }));
  const samples = listSampleNames().map((name) => ({
    ...describeDocument(readSample(name)),
    name: `sample/${name}`,
    kind: 'sample' as const,
    state: null,
  }));
  return [...issues, ...samples, ...letters];
}

/**
 * The message a reader would get, through the code that sends: frozen templates for a frozen issue, those on disk otherwise.
 * Without `as` it is addressed to nobody in particular and carries no reader's links.
 */
export async function previewMessage(app: App, name: string, as?: string): Promise<Message> {
  if (name.startsWith('sample/')) return await previewSample(app, name.slice('sample/'.length));
  const { newsletter, issue } = await findNamedIssue(app, name);
  // Who writes a template wants to see what is broken, not what was whole before.
  if (issue.state === 'draft') await loadTemplateKit(app, newsletter);
  const press = await openPress(app, newsletter, issue);
  const reader = as
    ? await findPreviewReader(app, newsletter, as)
    : inventReader(newsletter, PREVIEW_ADDRESS, app.now());
  return writeMessage(press, reader, namePreview(newsletter.sender.address, issue.id, reader));
}

const LETTER_TITLES: Readonly<Record<Letter['kind'], string>> = {
  confirmation: 'A mail that asks for a confirmation',
  welcome: 'A welcome',
  goodbye: 'A goodbye',
  correction: 'A correction',
};
/** The sample whose newsletter writes the sample letters. */
const LETTERS_OF = 'full-morning';

async function previewLetter(app: App, letter: Letter): Promise<Message> {
  const newsletter = { ...readSample(LETTERS_OF).newsletter, look: 'broadsheet' };
  const { language } = newsletter;
  const reader = { address: PREVIEW_ADDRESS, name: '', language, look: null, token: '' };
  const occasion = { subjectKey: 'sample', date: app.now() };
  return await writeLetter(openLetterPress(app, newsletter, letter), { reader, occasion });
}

async function previewSample(app: App, name: string): Promise<Message> {
  const letter = SAMPLE_LETTERS.find(({ kind }) => kind === name);
  if (letter) return await previewLetter(app, letter);
  if (!listSampleNames().includes(name)) {
    throw new BriefingError(
      'not_found',
      `There is no sample "${name}". There is: ${[...listSampleNames(), ...Object.keys(LETTER_TITLES)].join(', ')}.`,
    );
  }
  const document = readSample(name);
  const press = makePress(document, await loadTemplateKit(app, { look: 'broadsheet' }));
  const { sender, language } = document.newsletter;
  const reader = inventReader({ zone: 'Etc/UTC', language }, PREVIEW_ADDRESS, app.now());
  return writeMessage(press, reader, namePreview(sender.address, name, reader));
}

async function findPreviewReader(
  app: App,
  newsletter: Newsletter,
  address: string,
): Promise<ReaderSnapshot> {
  const fault = findAddressFault(address);
  if (fault) throw new BriefingError('invalid', `"${address}" is not an e-mail address: ${fault}.`);
  const readers = await listSubscriptions(app.store, address);
  const reader = readers.find(({ subscription }) => subscription.newsletter === newsletter.slug);
  if (!reader) {
    throw new BriefingError(
      'not_found',
      `Nobody with the address ${address} is subscribed to "${newsletter.slug}". List readers with: daybrief subscribers list`,
    );
  }
  return snapshotReader(app, newsletter, {
    subscriber: reader.subscriber,
    subscriptionId: reader.subscription.id,
    preferences: reader.subscription.preferences,
  });
}

function namePreview(sender: string, issue: string, reader: ReaderSnapshot): string {
  const domain = sender.split('@').at(-1) ?? 'localhost';
  return makeMessageId(issue, reader.subscriptionId || 'preview', domain);
}

function describeDocument(document: IssueDocument): {
  title: string;
  date: LocalDate;
  stories: number;
} {
  const title = document.lead?.headline ?? document.newsletter.name;
  return { title, date: document.date, stories: document.counts.stories };
}

function listSampleNames(): readonly string[] {
  const files = readdirSync(SAMPLES).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

function readSample(name: string): IssueDocument {
  return JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8')) as IssueDocument;
}
