import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSendgridSigned } from '../../src/deliver/parse-sendgrid-events.ts';
import { readSnsProof } from '../../src/deliver/read-sns-proof.ts';
import { SELF_SIGNED } from './self-signed.ts';

const SNS = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:bounces',
  Message: '{"notificationType":"Bounce"}',
  Timestamp: '2026-03-09T06:00:00.000Z',
  SignatureVersion: '2',
  SigningCertURL:
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
};
const SIGNED_TEXT = [
  ...['Message', SNS.Message, 'MessageId', SNS.MessageId, 'Timestamp', SNS.Timestamp],
  ...['TopicArn', SNS.TopicArn, 'Type', SNS.Type, ''],
].join('\n');

describe('a message of Amazon SNS', () => {
  const Signature = sign('sha256', Buffer.from(SIGNED_TEXT), SELF_SIGNED.key).toString('base64');
  const isProved = (change: object): boolean | undefined =>
    readSnsProof({ ...SNS, Signature, ...change })?.isProvedBy(SELF_SIGNED.cert);

  test('is proved by the certificate it was signed with, and no word of it may change', () => {
    expect(isProved({})).toBe(true);
    for (const name of ['Message', 'MessageId', 'Timestamp', 'TopicArn'] as const)
      expect(isProved({ [name]: `${SNS[name]} ` }), name).toBe(false);
    for (const change of [{ Subject: 'x' }, { Signature: '' }, { SignatureVersion: '1' }])
      expect(isProved(change), JSON.stringify(change)).toBe(false);
    expect(readSnsProof({ ...SNS, Signature })?.isProvedBy('no certificate')).toBe(false);
  });

  test.each([
    'https://sns.evil.example/SimpleNotificationService-1.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
    'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
    'https://sns.eu-west-1.amazonaws.com/uploads/mine.pem',
    'https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-1/x.pem',
    '',
  ])('with a certificate at %j proves nothing', (SigningCertURL) => {
    expect(readSnsProof({ ...SNS, Signature, SigningCertURL })).toBeNull();
  });

  test('of another kind or with an unknown signature proves nothing', () => {
    for (const body of [null, [], 'text', {}, { ...SNS, Type: 'toString' }])
      expect(readSnsProof(body)).toBeNull();
    expect(readSnsProof({ ...SNS, SignatureVersion: '3' })).toBeNull();
  });
});

describe('a webhook of SendGrid', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const text = '[{"event":"bounce"}]';
  const signature = sign('sha256', Buffer.from(`1773036000${text}`), privateKey).toString('base64');
  const isProved = (change: { text?: string; signature?: string; timestamp?: string }): boolean => {
    const shown = { text, signature, timestamp: '1773036000', ...change };
    const headers: Readonly<Record<string, string>> = {
      'x-twilio-email-event-webhook-signature': shown.signature,
      'x-twilio-email-event-webhook-timestamp': shown.timestamp,
    };
    return isSendgridSigned({ text: shown.text, header: (name) => headers[name] }, key);
  };

  test('is proved by its key, and no byte of it may change', () => {
    expect(isProved({})).toBe(true);
    for (const change of [{ text: `${text} ` }, { timestamp: '1773036001' }, { signature: 'AAAA' }])
      expect(isProved(change)).toBe(false);
    for (const change of [{ signature: '' }, { timestamp: '' }])
      expect(isProved(change)).toBe(false);
  });

  test('is not proved by what is no key', () => {
    const webhook = { text, header: () => signature };
    expect(isSendgridSigned(webhook, 'bm8ga2V5')).toBe(false);
  });
});
