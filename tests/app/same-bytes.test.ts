import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { retryDeliveries } from '../../src/app/retry-deliveries.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import {
  DATE,
  fillSampleApp,
  makeFolder,
  openMailServer,
  openSampleApp,
  readIssue,
  sendTo,
} from './sample-app.ts';

const PICTURE = { url: 'https://harbour.example/cape.jpg', width: 1200, height: 800, alt: 'Cape' };

test('a retry has the same bytes though settings, newsletter, reader and templates changed since', async () => {
  const server = await openMailServer({ DOT: ['drop', '250 ok'] });
  const { app, folder } = await openSampleApp({ smtpUrl: server.url });
  const before = await fillSampleApp(app, { readers: ['ada'] });
  const articles = app.store.db.updateTable('articles').set({ image: JSON.stringify(PICTURE) });
  await articles.execute();
  const { issue } = await buildIssue(app, before, DATE);
  await sendIssue(app, { newsletter: before, issue, confirmed: 1 }, sendTo(server));

  const templates = makeFolder();
  cpSync(join(PACKAGE_ROOT, 'templates'), templates, { recursive: true });
  appendFileSync(join(templates, 'issue.txt'), '\nChanged since.\n');
  const { app: moved, setClock } = await openSampleApp({
    folder,
    publicUrl: 'https://moved.example.org',
    settings: {
      templates,
      secret: 'another secret by far',
      bounce_address: 'back@moved.example.org',
    },
  });
  setClock('06:10');
  const after: Newsletter = {
    ...before,
    name: 'The Evening',
    language: 'de',
    sender: { name: 'The Evening', address: 'evening@example.org' },
    postalAddress: '2 Other Street',
    zone: 'Asia/Kathmandu',
    look: 'wire',
    hasImages: false,
  };
  await saveNewsletter(moved.store, after, moved.now());
  const person = { name: 'Ada Lovelace', zone: 'Asia/Tokyo', language: 'tr' };
  await moved.store.db.updateTable('subscribers').set(person).execute();
  const retry = { newsletter: after, issue: await readIssue(moved), which: 'unknown' as const };
  await retryDeliveries(moved, { ...retry, confirmed: 1 }, sendTo(server));

  const [first, second] = server.messages;
  expect(first).toContain('https://brief.example.org/img/');
  expect(second).toBe(first);
});
