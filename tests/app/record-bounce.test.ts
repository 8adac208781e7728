import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { lookUpSubscriber } from '../../src/app/look-up-subscriber.ts';
import { receiveBounce } from '../../src/app/receive-bounce.ts';
import { planSend, sendIssue } from '../../src/app/send-issue.ts';
import { makeBounceToken, makeReturnPath } from '../../src/domain/bounce-token.ts';
import { addTime, DAY } from '../../src/domain/instant.ts';
import { listSubscriptions } from '../../src/store/subscribers.ts';
import { listSuppressions, removeSuppression } from '../../src/store/suppressions.ts';
import {
  DATE,
  fillSampleApp,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  readLedger,
  sendTo,
} from './sample-app.ts';

const BOUNCES = 'bounces@example.org';
const GONE = { status: '5.1.1', diagnostic: '550 5.1.1 user unknown' };
const FULL = { status: '5.2.2', diagnostic: '552 5.2.2 mailbox full' };

/** An app that has mailed its issue to ada, ben and cleo. */
async function openMailedApp(
  settings: Record<string, string> = {},
  extensions: readonly string[] = [],
) {
  const server = await openMailServer({}, extensions);
  const sample = await openSampleApp({ smtpUrl: server.url, settings });
  const { app } = sample;
  const newsletter = await fillSampleApp(app);
  sample.setClock('06:00');
  const { issue } = await buildIssue(app, NEWSLETTER, DATE);
  await freezeIssue(app, { newsletter, issue }, planSendNow(newsletter, app.now()));
  const frozen = await readIssue(app);
  const { waiting } = await planSend(app, frozen);
  await sendIssue(app, { newsletter, issue: frozen, confirmed: waiting }, sendTo(server));
  return { ...sample, server };
}

async function findDelivery(app: App, name: string) {
  return await app.store.db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .innerJoin('subscribers', 'subscribers.id', 'subscriptions.subscriber_id')
    .select(['deliveries.id', 'deliveries.message_id', 'deliveries.state', 'deliveries.reason'])
    .where('subscribers.normalized_address', '=', `${name}@example.org`)
    .executeTakeFirstOrThrow();
}

function writeReport(about: {
  address: string;
  messageId?: string;
  to?: string;
  status: string;
  diagnostic: string;
  action?: string;
  envelopeId?: string;
}): Buffer {
  const { address, messageId = '<none@example.net>', to = BOUNCES, status, diagnostic } = about;
  const lines = [
    'From: MAILER-DAEMON@example.net',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    ...(about.envelopeId ? [`Original-Envelope-Id: ${about.envelopeId}`] : []),
    '',
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${about.action ?? 'failed'}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
  ];
  return Buffer.from(lines.join('\r\n'));
}

function writeComplaint(messageId: string): Buffer {
  return Buffer.from(
    [
      'From: feedback@example.net',
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${messageId}`,
      'To: redacted@example.net',
      '',
      '--b--',
    ].join('\n'),
  );
}

async function listSilent(app: App) {
  const rows = await listSuppressions(app.store);
  return rows.map(({ address, reason }) => `${address} ${reason}`);
}

describe('a bounce', () => {
  test('of a dead address suppresses it, and its delivery stays sent', async () => {
    const { app } = await openMailedApp();
    const { message_id } = await findDelivery(app, 'ada');
    const mail = writeReport({ address: 'Ada@example.org', messageId: message_id, ...GONE });
    expect(await receiveBounce(app, mail, 'message')).toMatchObject({ outcome: 'recorded' });
    expect(await listSilent(app)).toEqual(['ada@example.org hard_bounce']);
    expect(await readLedger(app)).toEqual({ ada: 'sent', ben: 'sent', cleo: 'sent' });
  });

  test('that comes twice changes nothing the second time', async () => {
    const { app } = await openMailedApp();
    const { message_id } = await findDelivery(app, 'ada');
    const mail = writeReport({ address: 'ada@example.org', messageId: message_id, ...GONE });
    await receiveBounce(app, mail, 'message');
    await removeSuppression(app.store, 'ada@example.org');
    expect(await receiveBounce(app, mail, 'mailbox')).toMatchObject({ outcome: 'known' });
    expect(await listSilent(app)).toEqual([]);
  });

  test('to the return path of a delivery is about its reader, whatever address it names', async () => {
    const { app, server } = await openMailedApp({ bounce_address: BOUNCES });
    const { id } = await findDelivery(app, 'ben');
    const to = makeReturnPath(BOUNCES, makeBounceToken(app.secret, id));
    expect(server.commands.join('\n')).toContain(`MAIL FROM:<${to}>`);
    const mail = writeReport({
      address: 'someone@elsewhere.example',
      to: to.toUpperCase(),
      ...GONE,
    });
    expect(await receiveBounce(app, mail, 'mailbox')).toMatchObject({ outcome: 'recorded' });
    expect(await listSilent(app)).toEqual(['ben@example.org hard_bounce']);
  });

  test('that gives back the envelope id is about its reader, also without a bounce address', async () => {
    const { app, server } = await openMailedApp({}, ['DSN']);
    const envelopeId = makeBounceToken(app.secret, (await findDelivery(app, 'ben')).id);
    const said = `MAIL FROM:<brief@example.org> RET=HDRS ENVID=${envelopeId}`;
    expect(server.commands).toContain(said);
    const mail = writeReport({ address: 'someone@elsewhere.example', envelopeId, ...GONE });
    expect(await receiveBounce(app, mail, 'mailbox')).toMatchObject({ outcome: 'recorded' });
    expect(await listSilent(app)).toEqual(['ben@example.org hard_bounce']);
  });

  test.each([
    ['with a forged token', { to: `bounces+${'a'.repeat(42)}@example.org` }, /token is not ours/],
    ['about no message of ours', {}, /no message/],
  ])('%s is not believed', async (_, change, why) => {
    const { app, events } = await openMailedApp();
    const mail = writeReport({ address: 'ada@example.org', ...GONE, ...change });
    const { outcome, reason } = await receiveBounce(app, mail, 'message');
    expect({ outcome, reason }).toEqual({
      outcome: 'not_believed',
      reason: expect.stringMatching(why) as unknown,
    });
    expect(await listSilent(app)).toEqual([]);
    expect(JSON.stringify(events.filter(({ event }) => event.startsWith('bounce')))).toMatch(
      /^(?!.*ada).*bounce.not_believed/,
    );
  });

  test('that names another reader’s message is not believed', async () => {
    const { app } = await openMailedApp();
    const { message_id } = await findDelivery(app, 'ben');
    const mail = writeReport({ address: 'ada@example.org', messageId: message_id, ...GONE });
    expect((await receiveBounce(app, mail, 'message')).reason).toMatch(/another address/);
    expect(await listSilent(app)).toEqual([]);
  });

  test('settles a delivery in doubt', async () => {
    const { app } = await openMailedApp();
    await app.store.db.updateTable('deliveries').set({ state: 'unknown' }).execute();
    const full = await findDelivery(app, 'ada');
    await receiveBounce(
      app,
      writeReport({ address: 'ada@example.org', messageId: full.message_id, ...FULL }),
      'message',
    );
    const late = await findDelivery(app, 'ben');
    await receiveBounce(
      app,
      writeReport({
        address: 'ben@example.org',
        messageId: late.message_id,
        status: '4.4.1',
        diagnostic: 'no answer',
        action: 'delayed',
      }),
      'message',
    );
    expect(await readLedger(app)).toEqual({ ada: 'failed', ben: 'sent', cleo: 'unknown' });
    expect((await findDelivery(app, 'ada')).reason).toMatch(/it came back: 5.2.2/);
    expect(await listSilent(app)).toEqual([]);
  });

  test('for now only gives an address up after enough mails in a row over enough days', async () => {
    const { app, setClock } = await openMailedApp({
      soft_bounce_limit: '4',
      soft_bounce_days: '3',
    });
    const bounceDay = async (day: number): Promise<void> => {
      const at = addTime('2026-04-01T07:00:00.000Z', day * DAY);
      setClock(at);
      const messageId = await addSentDelivery(app, 'ada', at);
      const mail = writeReport({ address: 'ada@example.org', messageId, ...FULL });
      await receiveBounce(app, mail, 'message');
      await receiveBounce(app, mail, 'message');
    };
    for (const day of [0, 1, 2]) await bounceDay(day);
    await addSentDelivery(app, 'ada', '2026-04-04T07:00:00.000Z');
    for (const day of [20, 21, 22]) await bounceDay(day);
    expect(await listSilent(app)).toEqual([]);
    await bounceDay(23);
    expect(await listSilent(app)).toEqual(['ada@example.org hard_bounce']);
    const { suppression } = await lookUpSubscriber(app, 'ada@example.org');
    expect(suppression?.note).toBe('4 mails in a row came back over 3 days');
  });
});

/** A mail of another day that the server took; returns its Message-ID. */
async function addSentDelivery(app: App, name: string, at: string): Promise<string> {
  const [reader] = await listSubscriptions(app.store, `${name}@example.org`);
  const { id, ...issue } = await app.store.db
    .selectFrom('issues')
    .selectAll()
    .executeTakeFirstOrThrow();
  const issueId = `${id} ${at}`;
  const messageId = `<${randomUUID()}@example.org>`;
  await app.store.db
    .insertInto('issues')
    .values({ ...issue, id: issueId, date: at.slice(0, 10) })
    .execute();
  await app.store.db
    .insertInto('deliveries')
    .values({
      id: randomUUID(),
      issue_id: issueId,
      subscription_id: reader?.subscription.id ?? '',
      state: 'sent',
      not_before: at,
      message_id: messageId,
      updated_at: at,
      attempts: 0,
      crashes: 0,
    })
    .execute();
  return messageId;
}

describe('a complaint', () => {
  test('ends the subscription and suppresses the address at once, also where the provider hides it', async () => {
    const { app } = await openMailedApp();
    const { message_id } = await findDelivery(app, 'cleo');
    expect(await receiveBounce(app, writeComplaint(message_id), 'mailbox')).toMatchObject({
      outcome: 'recorded',
    });
    const [reader] = await listSubscriptions(app.store, 'cleo@example.org');
    expect(reader?.subscription.state).toBe('unsubscribed');
    expect(await listSilent(app)).toEqual(['cleo@example.org complaint']);
  });

  test('about a message that was never sent is not believed', async () => {
    const { app } = await openMailedApp();
    const verdict = await receiveBounce(app, writeComplaint('<made-up@example.org>'), 'mailbox');
    expect(verdict.outcome).toBe('not_believed');
    expect(await listSilent(app)).toEqual([]);
  });
});

describe('an automatic answer', () => {
  test('is ignored, and says that the mail arrived', async () => {
    const { app } = await openMailedApp();
    await app.store.db.updateTable('deliveries').set({ state: 'unknown' }).execute();
    const { id } = await findDelivery(app, 'ada');
    const to = makeReturnPath(BOUNCES, makeBounceToken(app.secret, id));
    const mail = `From: ada@example.org\nTo: ${to}\nSubject: Automatic reply\nAuto-Submitted: auto-replied\n\nAway.\n`;
    const { outcome, reason } = await receiveBounce(app, Buffer.from(mail), 'mailbox');
    expect(outcome).toBe('ignored');
    expect(reason).toMatch(/out-of-office/);
    expect(await readLedger(app)).toMatchObject({ ada: 'sent', ben: 'unknown' });
  });
});

describe('why a reader did not get it', () => {
  test('is told from sign-up to suppression, with the server’s own words', async () => {
    const { app, setClock } = await openMailedApp();
    const { message_id } = await findDelivery(app, 'ada');
    setClock('09:00');
    const mail = writeReport({ address: 'ada@example.org', messageId: message_id, ...GONE });
    await receiveBounce(app, mail, 'message');
    const { answer, timeline } = await lookUpSubscriber(app, 'ada@example.org');
    expect(answer).toMatch(/Nothing is mailed to this address, because mail to it comes back/);
    const told = timeline.map(({ text }) => text);
    expect(told).toEqual([
      'Added to morning.',
      'Agreed to get morning: asked for it at the fair.',
      expect.stringMatching(
        /^morning\/2026-03-09: sent, sent by hand; the mail server accepted it/,
      ),
      'morning/2026-03-09: came back (hard): there is no such mailbox (5.1.1), says mx.example.net: 5.1.1 user unknown.',
      'Not mailed from here on: mail to it comes back (5.1.1 5.1.1 user unknown).',
    ]);
  });

  test('is one sentence about the newest issue where all went well', async () => {
    const { app } = await openMailedApp();
    expect((await lookUpSubscriber(app, 'ben@example.org')).answer).toMatch(
      /accepted by the mail server, and nothing came back/,
    );
  });
});
