import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { openSigner } from '../../src/deliver/open-signer.ts';
import {
  findKeyFault,
  makeSigningKeys,
  parseSigningKey,
  renderKeyRecord,
} from '../../src/deliver/signing-keys.ts';
import { renderSlot } from '../../src/domain/slots.ts';
import { sampleMessage } from './sample-message.ts';
import { verifyDkim } from './verify-dkim.ts';

const PEMS = makeSigningKeys();
const RSA = parseSigningKey(PEMS.rsa)!;
const ED25519 = parseSigningKey(PEMS.ed25519)!;
const SIGNER = openSigner('example.org', [
  { selector: 's1', key: RSA },
  { selector: 's2', key: ED25519 },
]);
const RECORDS = {
  's1._domainkey.example.org': renderKeyRecord(RSA).join(''),
  's2._domainkey.example.org': renderKeyRecord(ED25519).join(''),
};
const PASS = ['rsa-sha256: pass', 'ed25519-sha256: pass'];
const LISTED = {
  'List-Id': '<morning.example.org>',
  'List-Unsubscribe': `<https://brief.example.org/unsubscribe/${'t'.repeat(80)}>, <mailto:leave@example.org>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  Precedence: 'bulk',
  'Feedback-ID': '2026-03-29:issue:morning.example.org',
};

async function sign(changes: Parameters<typeof sampleMessage>[0] = {}): Promise<string> {
  const message = sampleMessage({ headers: LISTED, ...changes });
  return Buffer.from(await formatMessage(message, SIGNER)).toString('latin1');
}

const judge = (bytes: string) => verifyDkim(Buffer.from(bytes, 'latin1'), RECORDS);

test('A message carries an RSA and an Ed25519 signature that a receiver confirms', async () => {
  expect(judge(await sign())).toEqual(PASS);
});

test('Whatever the names, subjects and values of slots, the signatures hold', async () => {
  const email = { subject: '', text: `a ${renderSlot('name')} b\n`, html: renderSlot('name') };
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (name, subject) => {
      const to = { name, address: 'ada@example.org' };
      expect(judge(await sign({ to, subject, email, slots: { name } }))).toEqual(PASS);
    }),
    { numRuns: 50 },
  );
});

test('The same message has the same signatures', async () => {
  expect(await sign()).toBe(await sign());
});

test('One-click unsubscribing, the list and the feedback are signed; sender, reader and subject also against a second one', async () => {
  const names =
    /\sh=([^;]*);/
      .exec(await sign())?.[1]
      ?.replace(/\s/g, '')
      .split(':') ?? [];
  expect(names).toEqual(
    expect.arrayContaining(['list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'feedback-id']),
  );
  expect(names.filter((name) => /^(from|to|subject)$/.test(name))).toHaveLength(6);
});

test.each([
  ['a word of the text', (bytes: string) => bytes.replace('caught', 'kaught'), 'body changed'],
  ['the subject', (bytes: string) => bytes.replace('Subject: H', 'Subject: h'), 'headers changed'],
  ['a second From', (bytes: string) => `From: x@example.org\r\n${bytes}`, 'headers changed'],
  [
    'a lost one-click field',
    (bytes: string) => bytes.replace(/List-Unsubscribe-Post:.*\r\n/, ''),
    'headers changed',
  ],
])('After the change of %s no signature holds', async (_what, change, verdict) => {
  expect(judge(change(await sign()))).toEqual(
    ['rsa-sha256', 'ed25519-sha256'].map((algorithm) => `${algorithm}: ${verdict}`),
  );
});

test('A key that cannot sign for the world is named as such', async () => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  expect(await findKeyFault(short)).toContain('1024 bits');
  expect(await findKeyFault(curve)).toContain('"ec"');
  expect(await findKeyFault(RSA)).toBeNull();
  expect(await findKeyFault(ED25519)).toBeNull();
  expect(parseSigningKey('not a key')).toBeNull();
});

test('A record is published in strings that the DNS takes', () => {
  const strings = renderKeyRecord(RSA);
  expect(strings.length).toBeGreaterThan(1);
  for (const string of strings) expect(string.length).toBeLessThanOrEqual(255);
  expect(renderKeyRecord(ED25519)).toEqual([
    expect.stringMatching(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/) as string,
  ]);
});
