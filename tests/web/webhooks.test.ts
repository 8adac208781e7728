import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSuppressions } from '../../src/store/suppressions.ts';
import { createWebhookApp } from '../../src/web/webhook-app.ts';
import { findSubscription, openTestApp } from './open-test-app.ts';

const TOKEN = 'a-token-of-the-tests-42';

let sample: Awaited<ReturnType<typeof openTestApp>>;
beforeEach(async () => {
  sample = await openTestApp(`webhook_token: ${TOKEN}\n`);
});
afterEach(() => sample.close());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await createWebhookApp(sample.app).request(path, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as { events?: number; recorded?: number; note?: string },
  };
}

async function listSilent() {
  const rows = await listSuppressions(sample.app.store);
  return rows.map(({ address, reason }) => `${address} ${reason}`);
}

/** Amazon wraps its event, as text, into an envelope of SNS. */
function wrap(event: unknown) {
  return { Type: 'Notification', TopicArn: 'arn:aws:sns:x', Message: JSON.stringify(event) };
}

const SES_BOUNCE = wrap({
  notificationType: 'Bounce',
  mail: { messageId: '0100', headers: [{ name: 'Message-ID', value: '<none@example.org>' }] },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [
      {
        emailAddress: 'ada@example.org',
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      },
    ],
  },
});
const SES_COMPLAINT = wrap({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: [{ emailAddress: 'ada@example.org' }],
    complaintFeedbackType: 'abuse',
  },
});
const POSTMARK_BOUNCE = {
  RecordType: 'Bounce',
  Type: 'HardBounce',
  Email: 'ada@example.org',
  Description: 'The server was unable to deliver your message.',
  Details: 'smtp;550 5.1.1 no such user',
};
const POSTMARK_COMPLAINT = {
  RecordType: 'SpamComplaint',
  Type: 'SpamComplaint',
  Email: 'ada@example.org',
};
const MAILGUN_FAILED = {
  'event-data': {
    event: 'failed',
    severity: 'permanent',
    recipient: 'ada@example.org',
    message: { headers: { 'message-id': 'none@example.org' } },
    'delivery-status': { code: 550, message: '5.1.1 mailbox does not exist' },
  },
};
const MAILGUN_COMPLAINED = { 'event-data': { event: 'complained', recipient: 'ada@example.org' } };
const SENDGRID_BOUNCE = [
  { event: 'delivered', email: 'ben@example.org' },
  {
    event: 'bounce',
    type: 'bounce',
    email: 'ada@example.org',
    status: '5.1.1',
    reason: '550 5.1.1 unknown user',
  },
];
const SENDGRID_SPAM = [{ event: 'spamreport', email: 'ada@example.org' }];

describe('a webhook', () => {
  test.each([
    ['ses', SES_BOUNCE],
    ['postmark', POSTMARK_BOUNCE],
    ['mailgun', MAILGUN_FAILED],
    ['sendgrid', SENDGRID_BOUNCE],
  ])('of %s about a dead address suppresses it', async (provider, body) => {
    const answer = await post(`/${provider}?token=${TOKEN}`, body);
    expect(answer).toMatchObject({ status: 200, body: { events: 1, recorded: 1 } });
    expect(await listSilent()).toEqual(['ada@example.org hard_bounce']);
    expect((await post(`/${provider}?token=${TOKEN}`, body)).body.recorded).toBe(0);
  });

  test.each([
    ['ses', SES_COMPLAINT],
    ['postmark', POSTMARK_COMPLAINT],
    ['mailgun', MAILGUN_COMPLAINED],
    ['sendgrid', SENDGRID_SPAM],
  ])('of %s about a complaint ends the subscription', async (provider, body) => {
    expect((await post(`/${provider}?token=${TOKEN}`, body)).status).toBe(200);
    expect((await findSubscription(sample.app, 'ada@example.org')).state).toBe('unsubscribed');
    expect(await listSilent()).toEqual(['ada@example.org complaint']);
    expect((await findSubscription(sample.app, 'ben@example.org')).state).toBe('active');
  });

  test.each([
    [
      'ses',
      wrap({
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Transient',
          bouncedRecipients: [
            {
              emailAddress: 'ada@example.org',
              status: '5.2.2',
              diagnosticCode: 'smtp; 552 5.2.2 mailbox full',
            },
          ],
        },
      }),
    ],
    [
      'postmark',
      { RecordType: 'Bounce', Type: 'SoftBounce', Email: 'ada@example.org', Details: '' },
    ],
    [
      'mailgun',
      { 'event-data': { event: 'failed', severity: 'temporary', recipient: 'ada@example.org' } },
    ],
    [
      'sendgrid',
      [
        {
          event: 'bounce',
          type: 'blocked',
          email: 'ada@example.org',
          reason: '550 blocked by policy',
        },
      ],
    ],
  ])('of %s about a passing failure silences nobody', async (provider, body) => {
    expect((await post(`/${provider}?token=${TOKEN}`, body)).body.recorded).toBe(1);
    expect(await listSilent()).toEqual([]);
  });

  test('about somebody who is no reader changes nothing', async () => {
    const body = { ...POSTMARK_BOUNCE, Email: 'cleo@example.org' };
    expect((await post(`/postmark?token=${TOKEN}`, body)).body.recorded).toBe(0);
    expect(await listSilent()).toEqual([]);
  });

  test('shows the token in the address, as bearer or as a password', async () => {
    const basic = Buffer.from(`daybrief:${TOKEN}`).toString('base64');
    for (const authorization of [`Bearer ${TOKEN}`, `Basic ${basic}`])
      expect((await post('/postmark', {}, { authorization })).status).toBe(200);
    const wrong = Buffer.from('daybrief:wrong').toString('base64');
    for (const authorization of ['', 'Bearer wrong', `Basic ${wrong}`, `Basic ${TOKEN}`])
      expect((await post('/postmark', POSTMARK_BOUNCE, { authorization })).status).toBe(401);
    expect((await post('/postmark?token=wrong', POSTMARK_BOUNCE)).status).toBe(401);
    expect(await listSilent()).toEqual([]);
  });

  test('of Mailgun may be signed with the token instead', async () => {
    const sign = (key: string) => {
      const [timestamp, token] = ['1773036000', 'abc'];
      const signature = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
      return { ...MAILGUN_FAILED, signature: { timestamp, token, signature } };
    };
    expect((await post('/mailgun', sign('another-key-of-the-tests'))).status).toBe(401);
    expect((await post('/mailgun', sign(TOKEN))).status).toBe(200);
    expect((await post('/sendgrid', sign(TOKEN))).status).toBe(401);
  });

  test('of SendGrid may be signed instead, and Amazon’s must be of our topic; neither needs a token', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    await sample.close();
    const topic = 'arn:aws:sns:eu-west-1:123456789012:bounces';
    sample = await openTestApp(`sendgrid_key: ${key}\nsns_topic: ${topic}\n`);
    const text = JSON.stringify(SENDGRID_SPAM);
    const signature = sign('sha256', Buffer.from(`1${text}`), privateKey).toString('base64');
    const headers = {
      'x-twilio-email-event-webhook-signature': signature,
      'x-twilio-email-event-webhook-timestamp': '1',
    };
    const others = { 'x-twilio-email-event-webhook-timestamp': '2' };
    expect((await post('/sendgrid', text, { ...headers, ...others })).status).toBe(401);
    expect((await post('/sendgrid?token=', text)).status).toBe(401);
    expect((await post('/ses', SES_BOUNCE)).status).toBe(401);
    expect(await listSilent()).toEqual([]);
    expect((await post('/sendgrid', text, headers)).status).toBe(200);
    expect(await listSilent()).toEqual(['ada@example.org complaint']);
  });

  test('that asks to visit an address elsewhere is not obeyed', async () => {
    for (const url of [
      'http://127.0.0.1:1/x',
      'https://sns.evil.example/x',
      'https://sns.eu-west-1.amazonaws.com.evil.example/',
      'https://sns.eu-west-1.amazonaws.com:8443/',
      '',
    ]) {
      const body = { Type: 'SubscriptionConfirmation', SubscribeURL: url };
      expect((await post(`/ses?token=${TOKEN}`, body)).body.note).toMatch(/not visited/);
    }
  });

  test('that cannot be read says so', async () => {
    expect((await post(`/ses?token=${TOKEN}`, '{')).status).toBe(400);
    expect((await post(`/pigeon?token=${TOKEN}`, {})).status).toBe(404);
    expect((await post(`/ses?token=${TOKEN}`, 'x'.repeat(2_100_000))).status).toBe(413);
    for (const body of [null, [], 7, { Message: '{' }, { bounce: 1 }, [null], 'text'])
      for (const provider of ['ses', 'postmark', 'mailgun', 'sendgrid'])
        expect((await post(`/${provider}?token=${TOKEN}`, JSON.stringify(body))).status).toBe(200);
  });

  test('is not taken at all while there is no token', async () => {
    await sample.close();
    sample = await openTestApp();
    expect((await post('/postmark?token=', POSTMARK_BOUNCE)).status).toBe(404);
  });
});
