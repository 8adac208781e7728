import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../src/app/app.ts';
import { exportArtefact } from '../../src/app/export-artefact.ts';
import { templatesFolder } from '../../src/app/load-template-kit.ts';
import { makeDkimKeys } from '../../src/app/make-dkim-keys.ts';
import { closeApp, openApp, readClock } from '../../src/app/open-app.ts';
import { loadConfiguration } from '../../src/config.ts';
import type { IssueDocument } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { listIssues } from '../../src/store/issues.ts';
import { findNewsletter, listNewsletters, saveNewsletter } from '../../src/store/newsletters.ts';
import { saveReaders } from '../../src/store/subscribers.ts';
import type { DnsRecords } from '../deliver/dns-server.ts';
import { readSample } from '../render/sample-issues.ts';
import { writeLetters } from './judge-letters.ts';
import { readSampleNewsletter } from './sample-morning.ts';
import { ROOT } from './time-program.ts';

/** A message to be judged, as a file and as bytes. */
export interface JudgedMessage {
  /** `full-morning, broadsheet, de` */
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
  /** True for what goes to many, which has a way out that one click takes. */
  readonly isList: boolean;
}

/** The messages, and what the DNS says about their sender. */
export interface Docket {
  readonly messages: readonly JudgedMessage[];
  readonly records: DnsRecords;
}

export const SENDER_DOMAIN = 'example.org';
/** Of AS112 (RFC 7534): public, so no filter calls it made up, and nobody sends mail from it. */
export const SENDER_ADDRESS = '192.31.196.25';
const SAMPLES = ['full-morning', 'long-headlines', 'quiet-day', 'right-to-left'];
const MAIN = join(ROOT, 'src', 'main.ts');

/** Readers of every issue; those with a language or a difficult name only of the first. */
const READERS = [
  { key: '', address: 'ada@example.net', name: 'Ada', language: null },
  { key: 'de', address: 'ben@example.net', name: 'Ben', language: 'de' },
  { key: 'ar', address: 'cleo@example.net', name: 'كليو', language: 'ar' },
  {
    key: 'odd name',
    address: `${'c'.repeat(60)}@bücher.example`,
    name: 'Zoë "Q\\Z" O’Neil, 🌍 (home) <b>\r\nBcc: ben@example.org',
    language: null,
  },
] as const;

/** Writes every sample and the demo's issue in every look as signed messages into `folder`, through the code that sends. */
export async function writeMessages(folder: string, templates: string): Promise<Docket> {
  const settings = {
    data: folder,
    public_url: `https://brief.${SENDER_DOMAIN}`,
    dkim_domain: SENDER_DOMAIN,
    ...(templates && { templates }),
  };
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const demo = await readDemoDocument(join(folder, 'demo'));
  const app = await openApp(loadConfiguration(settings, folder), { log, now: readClock });
  try {
    const { records } = await makeDkimKeys(app, { domain: SENDER_DOMAIN });
    const keys = records.map(({ name, strings }) => [`TXT ${name}`, [strings.join('')]] as const);
    const messages: JudgedMessage[] = [];
    for (const [at, look] of listLooks(app).entries()) {
      for (const name of SAMPLES) {
        const isFirst = at === 0 && name === SAMPLES[0];
        const issue = { name, look, document: readSample(name), isForAll: isFirst };
        messages.push(...(await writeIssue(app, folder, issue)));
      }
      const issue = { name: 'demo', look, document: demo, isForAll: false };
      messages.push(...(await writeIssue(app, folder, issue)));
      const newsletter = await findNewsletter(app.store, `demo-${look}`);
      const [draft] = await listIssues(app.store, `demo-${look}`);
      if (newsletter && draft)
        messages.push(...(await writeLetters(app, folder, { newsletter, draft })));
    }
    return { messages, records: { ...SENDER_RECORDS, ...Object.fromEntries(keys) } };
  } finally {
    await closeApp(app);
  }
}

const SENDER_RECORDS: DnsRecords = {
  [`A ${SENDER_DOMAIN}`]: [SENDER_ADDRESS],
  [`MX ${SENDER_DOMAIN}`]: [`10 mail.${SENDER_DOMAIN}`],
  [`A mail.${SENDER_DOMAIN}`]: [SENDER_ADDRESS],
  [`A brief.${SENDER_DOMAIN}`]: [SENDER_ADDRESS],
  [`PTR ${SENDER_ADDRESS.split('.').reverse().join('.')}.in-addr.arpa`]: [`mail.${SENDER_DOMAIN}`],
  [`TXT ${SENDER_DOMAIN}`]: [`v=spf1 ip4:${SENDER_ADDRESS} -all`],
  [`TXT _dmarc.${SENDER_DOMAIN}`]: ['v=DMARC1; p=reject; np=reject'],
};

interface JudgedIssue {
  readonly name: string;
  readonly look: string;
  readonly document: IssueDocument;
  readonly isForAll: boolean;
}

async function writeIssue(
  app: App,
  folder: string,
  { name, look, document, isForAll }: JudgedIssue,
): Promise<readonly JudgedMessage[]> {
  const now = app.now();
  const slug = `${name}-${look}`;
  const sender = { name: document.newsletter.name, address: `brief@${SENDER_DOMAIN}` };
  const newsletter: Newsletter = {
    ...readSampleNewsletter(),
    ...document.newsletter,
    slug,
    look,
    sender,
    zone: 'Etc/UTC',
  };
  await saveNewsletter(app.store, newsletter, now);
  const readers = READERS.slice(0, isForAll ? READERS.length : 1);
  const rows = readers.map((reader) => ({
    ...reader,
    zone: null,
    newsletter: slug,
    consent: 'to be judged',
  }));
  await saveReaders(app.store, rows, now);
  const date = now.slice(0, 10);
  const dated = { ...document, date, newsletter: { ...document.newsletter, slug, sender } };
  const key = { newsletter: slug, date, kind: 'daily' } as const;
  await saveDraft(app.store, key, { id: slug, document: dated, now, skipReason: null });
  return await Promise.all(
    readers.map(async ({ key: kind, address }) => {
      const options = { format: 'eml', as: address } as const;
      const bytes = Buffer.from(await exportArtefact(app, `${slug}/${date}`, options));
      const whole = [name, look, kind].filter(Boolean).join(', ');
      const file = join(folder, `${whole.replace(/\W+/g, '-')}.eml`);
      writeFileSync(file, bytes);
      return { name: whole, file, bytes, isList: true };
    }),
  );
}

/** The issue that `npm start` makes, gathered and composed by the real program. */
async function readDemoDocument(data: string): Promise<IssueDocument> {
  const args = [MAIN, 'demo', '--once', '--no-open', '--data', data];
  const demo = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  if (demo.status !== 0) throw new Error(`daybrief demo failed:\n${demo.stderr}`);
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const app = await openApp(loadConfiguration({ data }, data), { log });
  try {
    const [newsletter] = await listNewsletters(app.store);
    const [issue] = await listIssues(app.store, newsletter?.slug ?? '');
    if (!issue) throw new Error('the demo made no issue');
    return issue.document;
  } finally {
    await closeApp(app);
  }
}

function listLooks(app: App): readonly string[] {
  const files = readdirSync(join(templatesFolder(app), 'looks')).sort();
  return files.map((file) => file.replace(/\.json$/, ''));
}

function quiet(): void {}
