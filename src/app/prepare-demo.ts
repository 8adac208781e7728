import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseYamlText, type Configuration, type Settings } from '../config.ts';
import { NO_QUOTA } from '../domain/send-quota.ts';
import { makeSecret } from '../domain/secret.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { localDateAt, type LocalDate } from '../domain/local-time.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { importSubscribers } from './add-subscriber.ts';
import { PACKAGE_ROOT, type App } from './app.ts';
import { applyConfiguration } from './apply-configuration.ts';

/** The folder of the bundled morning. */
export const MORNING = join(PACKAGE_ROOT, 'seeds', 'morning');

const MARK = 'demo.json';

/**
 * Makes `folder` the demo's own. A demo of an earlier day is begun anew; a folder that holds a store which is not
 * a demo's is refused with BriefingError `conflict`, so that a real one is never touched.
 */
export function claimDemoFolder(folder: string, today: LocalDate): void {
  const mark = join(folder, MARK);
  if (existsSync(mark)) {
    const { date } = JSON.parse(readFileSync(mark, 'utf8')) as { date?: string };
    if (date === today) return;
    for (const name of ['daybrief.sqlite', 'daybrief.sqlite-wal', 'daybrief.sqlite-shm', 'inbox']) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  } else if (existsSync(join(folder, 'daybrief.sqlite'))) {
    throw new BriefingError(
      'conflict',
      `${folder} holds a real store, which the demo never touches. Give the demo another folder with --data.`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(mark, JSON.stringify({ date: today }));
  } catch (error) {
    throw new BriefingError(
      'unavailable',
      `The demo cannot write to ${folder} (${(error as NodeJS.ErrnoException).code ?? ''}). Choose another folder with --data.`,
      { cause: error },
    );
  }
}

/** The day the demo's issue is dated, in its newsletter's zone. */
export function findDemoDate(now: string): LocalDate {
  return localDateAt(readZone(), now);
}

/** The settings of a demo: its own folder, servers on this machine alone, and nothing of what is configured. */
export function configureDemo(
  folder: string,
  places: { smtpUrl: string; publicUrl: string; fetchAllow: readonly string[]; seedOrigin: string },
): Configuration {
  const settings: Settings = {
    data: folder,
    databaseUrl: makeSecret(''),
    smtpUrl: makeSecret(places.smtpUrl),
    smtpConnections: 4,
    mail: {
      messagesPerConnection: Infinity,
      transports: [
        {
          name: '',
          url: makeSecret(places.smtpUrl),
          weight: 1,
          quota: NO_QUOTA,
          perDomain: new Map(),
        },
      ],
      oauth: null,
      dkimDomain: '',
      dkimSelector: 'daybrief',
      dnsServer: '',
    },
    publicUrl: places.publicUrl,
    ownAddresses: [],
    secret: makeSecret(''),
    fetchAllow: places.fetchAllow,
    pushToken: makeSecret(''),
    imapPassword: makeSecret(''),
    bounces: {
      address: '',
      mailbox: '',
      password: makeSecret(''),
      webhookToken: makeSecret(''),
      sendgridKey: '',
      snsTopic: '',
      softLimit: 5,
      softDays: 14,
    },
    model: null,
    keep: { articlesDays: null, attemptsDays: null },
    templates: '',
    port: 0,
    host: '127.0.0.1',
    logLevel: 'fatal',
    configFile: join(MORNING, 'daybrief.yaml'),
  };
  const text = readMorning().replaceAll('http://seeds.example', places.seedOrigin);
  const { newsletters } = parseYamlText(text, settings.configFile) as { newsletters: unknown };
  return { settings, shown: [], newsletters };
}

/** Brings the bundled newsletter, its feeds and its 25 readers into the demo's store; doing it again changes nothing. */
export async function fillDemo(app: App, configuration: Configuration): Promise<void> {
  await applyConfiguration(app, configuration.newsletters, { isDryRun: false });
  const [newsletter] = await listNewsletters(app.store);
  await importSubscribers(
    app,
    createReadStream(join(MORNING, 'subscribers.csv')),
    newsletter?.slug,
  );
}

function readMorning(): string {
  return readFileSync(join(MORNING, 'daybrief.yaml'), 'utf8');
}

function readZone(): string {
  return /^\s*zone:\s*(\S+)/m.exec(readMorning())?.[1] ?? 'Etc/UTC';
}
