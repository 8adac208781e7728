import { readFileSync } from 'node:fs';
import type { Configuration } from '../config.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { openLog } from '../log.ts';
import { listFeeds } from '../store/feeds.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { examineDns } from './examine-dns.ts';
import { examineModel } from './examine-model.ts';
import { loadSigner } from './load-signer.ts';
import { loadTemplateKit } from './load-template-kit.ts';
import { closeApp, openApp } from './open-app.ts';
import { openMail, type Route } from './open-mail.ts';
import { passCheck, type SetupFinding } from './setup-finding.ts';

/** Looks at everything a morning needs and sends nothing; each finding says what to do. */
export async function examineSetup(configuration: Configuration): Promise<readonly SetupFinding[]> {
  const findings = [examineRuntime(), examineZoneData()];
  const app = await examineStore(configuration, findings);
  if (!app) return findings;
  try {
    findings.push(
      ...(await examineNewsletters(app)),
      await examineFeeds(app),
      await examineTemplates(app),
      examinePublicAddress(app),
      await examineSigning(app),
      ...(await examineMailServers(app)),
      ...(await examineDns(app)),
      ...(await examineModel(app)),
    );
    return findings;
  } finally {
    await closeApp(app);
  }
}

function examineRuntime(): SetupFinding {
  return passCheck('runtime', `Node ${process.versions.node}`);
}

/** The runtime brings its own zone data; the system's is often newer, and then some send times are an hour off. */
function examineZoneData(): SetupFinding {
  const own = process.versions.tz ?? 'unknown';
  const system = readSystemZoneVersion();
  if (system === null || system <= own) return passCheck('zone data', own);
  return {
    level: 'warning',
    check: 'zone data',
    message: `this Node has ${own}, the system ${system}: places that changed their clocks since may be mailed an hour off.`,
    fix: 'Upgrade Node to its newest release.',
  };
}

function readSystemZoneVersion(): string | null {
  try {
    const head = readFileSync('/usr/share/zoneinfo/tzdata.zi', 'utf8').slice(0, 40);
    return /^# version (\d{4}[a-z]+)/.exec(head)?.[1] ?? null;
  } catch {
    return null;
  }
}

async function examineStore(
  configuration: Configuration,
  findings: SetupFinding[],
): Promise<App | null> {
  try {
    const app = await openApp(configuration, { log: openLog('fatal') });
    findings.push(passCheck('store', app.store.path));
    return app;
  } catch (error) {
    findings.push(toFailure('store', error));
    return null;
  }
}

async function examineNewsletters(app: App): Promise<readonly SetupFinding[]> {
  const newsletters = await listNewsletters(app.store);
  if (newsletters.length === 0) {
    return [
      {
        level: 'failed',
        check: 'newsletters',
        message: 'there is none.',
        fix: 'Write one with: daybrief init',
      },
    ];
  }
  const findings: SetupFinding[] = [];
  for (const newsletter of newsletters) {
    const { active, pending } = await countReaders(app.store, newsletter.slug);
    const message = `${newsletter.name}: ${active} active and ${pending} pending readers, sent at ${newsletter.sendTime} ${newsletter.zone}`;
    findings.push(
      active > 0
        ? passCheck('newsletter', message)
        : {
            level: 'warning',
            check: 'newsletter',
            message,
            fix: 'Add readers with: daybrief subscribers add ADDRESS --consent TEXT',
          },
    );
  }
  return findings;
}

async function examineFeeds(app: App): Promise<SetupFinding> {
  const feeds = await listFeeds(app.store);
  const failing = feeds.filter(({ polling }) => polling.failures > 0);
  if (feeds.length === 0) {
    return {
      level: 'failed',
      check: 'feeds',
      message: 'there is none.',
      fix: 'Add one with: daybrief feeds add ADDRESS',
    };
  }
  if (failing.length === 0) return passCheck('feeds', `${feeds.length}, none failing`);
  const first = failing[0];
  return {
    level: 'warning',
    check: 'feeds',
    message: `${failing.length} of ${feeds.length} failing, first ${first?.url ?? ''}: ${first?.polling.problem ?? ''}`,
    fix: 'See all with: daybrief feeds list',
  };
}

async function examineTemplates(app: App): Promise<SetupFinding> {
  try {
    const newsletters = await listNewsletters(app.store);
    for (const dress of [{ look: 'broadsheet' }, ...newsletters]) await loadTemplateKit(app, dress);
    return passCheck('templates', app.settings.templates || 'the built-in ones');
  } catch (error) {
    return toFailure('templates', error);
  }
}

function examinePublicAddress(app: App): SetupFinding {
  const { publicUrl, ownAddresses } = app.settings;
  if (publicUrl !== '') return passCheck('public address', publicUrl);
  return {
    level: 'warning',
    check: 'public address',
    message: `none is set, so mail goes only to own_addresses (${ownAddresses.length} set) and unsubscribing is by mail.`,
    fix: 'To mail others, set DAYBRIEF_PUBLIC_URL in .env to the address at which readers reach "daybrief run".',
  };
}

/** Unsigned mail is allowed and often junk. */
async function examineSigning(app: App): Promise<SetupFinding> {
  try {
    const { dkimDomain, dkimSelector } = app.settings.mail;
    if (await loadSigner(app.settings))
      return passCheck(
        'signing',
        `for ${dkimDomain}, proven with a sample; selector ${dkimSelector}`,
      );
    return {
      level: 'warning',
      check: 'signing',
      message: 'mail is not signed (DKIM) unless your mail server does it.',
      fix: 'Make keys and see what to publish with: daybrief dkim new',
    };
  } catch (error) {
    return toFailure('signing', error);
  }
}

/** Logs in to each and says goodbye; no message is sent. */
async function examineMailServers(app: App): Promise<readonly SetupFinding[]> {
  try {
    const mail = await openMail(app);
    try {
      return await Promise.all(mail.routes.map(examineRoute));
    } finally {
      await mail.close();
    }
  } catch (error) {
    return [toFailure('mail server', error)];
  }
}

async function examineRoute({ name, open }: Route): Promise<SetupFinding> {
  const transport = open();
  const place = transport.describe();
  const shown = name === place ? place : `${name}, ${place}`;
  const check = 'mail server';
  try {
    const result = await transport.verify();
    if (result === null) return passCheck(check, shown);
    return {
      level: 'failed',
      check,
      message: `${shown}: ${result.reply}`,
      fix: 'Check host, port, user and password of its address (DAYBRIEF_SMTP_URL, or url_from of the transport), and that the server can be reached from here.',
    };
  } finally {
    await transport.close();
  }
}

function toFailure(check: string, error: unknown): SetupFinding {
  if (!(error instanceof BriefingError)) throw error;
  return { level: 'failed', check, message: error.message, fix: '' };
}
