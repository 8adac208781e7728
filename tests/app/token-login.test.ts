import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { examineSetup } from '../../src/app/examine-setup.ts';
import { openMail } from '../../src/app/open-mail.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { loadConfiguration } from '../../src/config.ts';
import { openPostOffice } from '../deliver/post-office.ts';
import { DATE, fillSampleApp, NEWSLETTER, openSampleApp, readIssue } from './sample-app.ts';

const GOOD = 'token-that-is-good';

test('A mail server is logged in to with a token, asked for once and again when it is refused', async () => {
  const { send, asked, shown } = await openMorning([
    { access_token: 'token-of-yesterday', refresh_token: 'refresh-2' },
    { access_token: GOOD },
  ]);
  expect((await send()).sums).toMatchObject({ sent: 3, waiting: 0 });
  expect(asked.map((form) => form.get('refresh_token'))).toEqual(['refresh-1', 'refresh-2']);
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
    grant_type: 'refresh_token',
    client_id: 'ada-client',
    client_secret: 'ada-secret',
  });
  expect(shown).toEqual(['ada@example.org token-of-yesterday', `ada@example.org ${GOOD}`]);
});

test('Without a refresh token the client asks in its own name', async () => {
  const { send, asked } = await openMorning([{ access_token: GOOD }], {
    refresh_token: '',
    scope: 'send',
  });
  expect((await send()).sums).toMatchObject({ sent: 3 });
  expect(asked[0]?.get('grant_type')).toBe('client_credentials');
  expect(asked[0]?.get('scope')).toBe('send');
});

test('A grant that is refused stops the run for a person to look, and tells no secret', async () => {
  const { send, events } = await openMorning([{ error: 'invalid_grant' }]);
  const run = await send();
  expect(run).toMatchObject({ state: 'paused', sums: { waiting: 3, failed: 0 } });
  expect(run.problem).toMatch(/no access token: 127\.0\.0\.1:\d+ answered 400: invalid_grant/);
  expect(JSON.stringify([run, events])).not.toMatch(/refresh-1|ada-secret/);
});

test('A token that the mail server refuses twice is a wrong log-in, and is not told either', async () => {
  const { send, events } = await openMorning([
    { access_token: 'wrong-1' },
    { access_token: 'wrong-2' },
  ]);
  const run = await send();
  expect(run).toMatchObject({ state: 'paused', sums: { waiting: 3 } });
  expect(JSON.stringify([run, events])).not.toMatch(/wrong-\d/);
});

test('A token server that cannot be reached may be back by itself', async () => {
  const { send } = await openMorning([], { url: 'http://127.0.0.1:9/token' });
  expect(await send()).toMatchObject({ state: 'sending', sums: { waiting: 3, failed: 0 } });
});

test('Doctor logs in with it, and the settings say what is missing', async () => {
  const { folder, flags } = await openMorning([{ access_token: GOOD }]);
  const findings = await examineSetup(loadConfiguration({ ...flags, data: folder }, folder));
  expect(findings.find(({ check }) => check === 'mail server')?.level).toBe('ok');
  const bare = { ...flags, 'oauth.url': '' };
  expect(() => loadConfiguration(bare, folder)).toThrow(
    /ends in \?auth=oauth: set DAYBRIEF_OAUTH_URL/,
  );
});

type Grant = Readonly<Record<string, string>>;

/** A draft of the day, a mail server that wants a token, and a server that gives out these, the last one again and again. */
async function openMorning(
  grants: readonly Grant[],
  change: Readonly<Record<string, string>> = {},
) {
  const shown: string[] = [];
  const office = await openPostOffice({
    server: {
      authMethods: ['XOAUTH2'],
      allowInsecureAuth: true,
      onAuth({ username = '', accessToken = '' }, _session, answer) {
        shown.push(`${username} ${accessToken}`);
        if (accessToken === GOOD) return answer(null, { user: username });
        answer(null, { message: `no ${accessToken}`, data: { status: '401' } });
      },
    },
  });
  const tokens = await openTokenServer(grants);
  const oauth = {
    url: tokens.url,
    client: 'ada-client',
    secret: 'ada-secret',
    refresh_token: 'refresh-1',
    ...change,
  };
  const settings = Object.fromEntries(
    Object.entries(oauth).map(([key, value]) => [`oauth.${key}`, value]),
  );
  const smtpUrl = `smtp://ada%40example.org@127.0.0.1:${office.port}?auth=oauth`;
  const sample = await openSampleApp({ smtpUrl, settings });
  await fillSampleApp(sample.app);
  await buildIssue(sample.app, NEWSLETTER, DATE);
  const mail = await openMail(sample.app);
  onTestFinished(() => mail.close());
  const send = async () =>
    await sendIssue(
      sample.app,
      { newsletter: NEWSLETTER, issue: await readIssue(sample.app), confirmed: 3 },
      { openTransport: mail.openTransport, routes: mail.routes, askedBy: 'manual' },
    );
  return { ...sample, flags: { ...settings, smtp_url: smtpUrl }, asked: tokens.asked, shown, send };
}

async function openTokenServer(grants: readonly Grant[]) {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const grant = grants[Math.min(asked.length, grants.length - 1)] ?? {};
      asked.push(new URLSearchParams(text));
      response.writeHead('access_token' in grant ? 200 : 400, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ expires_in: 3_600, ...grant }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked };
}
