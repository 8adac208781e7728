import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportArtefact } from '../../src/app/export-artefact.ts';
import { locateKey } from '../../src/app/load-signer.ts';
import { makeDkimKeys } from '../../src/app/make-dkim-keys.ts';
import { openMail } from '../../src/app/open-mail.ts';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { verifyDkim } from '../deliver/verify-dkim.ts';
import {
  DATE,
  fillSampleApp,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
} from './sample-app.ts';

const PASS = ['rsa-sha256: pass', 'ed25519-sha256: pass'];

/** The app as if the keys' domain and selector were set. */
async function openSigningApp(smtpUrl?: string) {
  const { app } = await openSampleApp(smtpUrl ? { smtpUrl } : {});
  await fillSampleApp(app);
  const { records } = await makeDkimKeys(app, { selector: 's1' });
  const mail = { ...app.settings.mail, dkimDomain: 'example.org', dkimSelector: 's1' };
  const settings = { ...app.settings, mail };
  const published = Object.fromEntries(records.map((one) => [one.name, one.strings.join('')]));
  return { app: { ...app, settings } as App, records, published };
}

test('New keys are for the sender’s domain, readable by their owner only, and never overwritten', async () => {
  const { app, records } = await openSigningApp();
  expect(records.map(({ name }) => name)).toEqual([
    's1._domainkey.example.org',
    's1-ed25519._domainkey.example.org',
  ]);
  for (const { file } of records) expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = readFileSync(locateKey(app.settings, 's1'), 'utf8');
  await expect(makeDkimKeys(app, {})).rejects.toMatchObject({ code: 'conflict' });
  expect(readFileSync(locateKey(app.settings, 's1'), 'utf8')).toBe(before);
});

test.each([{ domain: 'nowhere' }, { domain: 'a/b.example' }, { selector: '../s1' }])(
  'Keys are made for no name a record cannot have: %j',
  async (wish) => {
    const { app } = await openSigningApp();
    await expect(makeDkimKeys(app, wish)).rejects.toMatchObject({ code: 'invalid' });
  },
);

test('A send is signed, and so is the file of the same message', async () => {
  const server = await openMailServer();
  const { app, published } = await openSigningApp(server.url);
  const { issue } = await buildIssue(app, NEWSLETTER, DATE);
  const { openTransport } = await openMail(app);
  const target = { newsletter: NEWSLETTER, issue, confirmed: 3 };
  const run = await sendIssue(app, target, { openTransport, askedBy: 'manual' });
  expect(run.sentNow).toBe(3);
  for (const message of server.messages)
    expect(verifyDkim(Buffer.from(message, 'latin1'), published)).toEqual(PASS);
  const as = 'ada@example.org';
  const file = await exportArtefact(app, `morning/${DATE}`, { format: 'eml', as });
  expect(verifyDkim(file, published)).toEqual(PASS);
});

test.each([
  ['is missing', (file: string) => rmSync(file), /there is no such file/],
  ['is damaged', (file: string) => writeFileSync(file, 'x'), /there is no private key in it/],
])('When a key %s, no mail goes out unsigned and the reason is said', async (_what, harm, why) => {
  const server = await openMailServer();
  const { app } = await openSigningApp(server.url);
  harm(locateKey(app.settings, 's1'));
  await expect(openMail(app)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(why) as string,
  });
  await buildIssue(app, NEWSLETTER, DATE);
  expect((await readIssue(app)).state).toBe('draft');
  expect(server.commands).toEqual([]);
});
