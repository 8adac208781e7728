import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addSubscriber } from '../../src/app/add-subscriber.ts';
import type { App } from '../../src/app/app.ts';
import { closeApp, openApp } from '../../src/app/open-app.ts';
import { loadConfiguration } from '../../src/config.ts';
import type { IssueDocument, IssueStory } from '../../src/domain/issue.ts';
import { makeLinkToken } from '../../src/domain/link-token.ts';
import type { Log } from '../../src/log.ts';
import { saveDraft } from '../../src/store/drafts.ts';

import { listSubscriptions } from '../../src/store/subscribers.ts';

export const ISSUE = 'harbour/2026-03-09';

export const NOW = '2026-03-09T05:30:00.000Z';

const YAML = `
public_url: https://brief.example.org
secret: a-secret-of-the-tests
newsletters:
  - slug: harbour
    name: Harbour Morning
    sender: { name: Harbour Morning, address: morning@harbour.example }
    zone: Europe/London
    themes:
      - { slug: world, name: World }
`;

/** An app over a store of its own in a temporary folder: one newsletter, ada and ben as readers, one draft. */
export async function openTestApp(settings = '') {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-web-'));
  writeFileSync(join(folder, 'daybrief.yaml'), `${settings}${YAML}`);
  const logged: string[] = [];
  const app = await openApp(loadConfiguration({ data: folder }, folder), {
    log: collectLog(logged),
    now: () => NOW,
  });
  await addSubscriber(app, { address: 'ada@example.org', name: 'Ada', consent: 'asked for it' });
  await addSubscriber(app, { address: 'ben@example.org', language: 'de', consent: 'form' });
  return {
    app,
    folder,
    logged,
    async close() {
      await closeApp(app);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A draft of the quiet day, with other words in its lead. */
export async function saveTestIssue(app: App, lead: Partial<IssueStory> = {}): Promise<void> {
  const file = new URL('../../seeds/samples/quiet-day.json', import.meta.url);
  const sample = JSON.parse(readFileSync(file, 'utf8')) as IssueDocument;
  const date = '2026-03-09';
  const newsletter = { ...sample.newsletter, slug: 'harbour' };
  const document = {
    ...sample,
    newsletter,
    date,
    lead: sample.lead && { ...sample.lead, ...lead },
  };
  const key = { newsletter: 'harbour', date, kind: 'daily' as const };
  await saveDraft(app.store, key, { id: 'i-1', document, now: NOW, skipReason: null });
}

export async function findSubscription(app: App, address: string) {
  const [reader] = await listSubscriptions(app.store, address);
  if (!reader) throw new Error(`${address} is no reader`);
  return reader.subscription;
}

export async function makeToken(app: App, address: string): Promise<string> {
  return makeLinkToken(app.secret, 'unsubscribe', (await findSubscription(app, address)).id);
}

function collectLog(lines: string[]): Log {
  const keep = (event: string, fields: object = {}): void => {
    lines.push(`${event} ${JSON.stringify(fields)}`);
  };
  return { debug: keep, info: keep, warn: keep, error: keep };
}
