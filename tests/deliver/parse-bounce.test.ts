import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBounce } from '../../src/deliver/parse-bounce.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'bounces');

interface Expected {
  readonly kind: string;
  /** `address class` */
  readonly recipients: readonly string[];
  readonly originalMessageId?: string;
  readonly token?: string;
}

const GOLDEN = JSON.parse(readFileSync(join(FOLDER, 'golden.json'), 'utf8')) as Record<
  string,
  Expected
>;

function readSample(name: string): Buffer {
  return readFileSync(join(FOLDER, `${name}.eml`));
}

describe('a mail that came back', () => {
  test.each(Object.keys(GOLDEN))('%s says whom it is about, and whether they are gone', (name) => {
    const notice = parseBounce(readSample(name));
    const { originalMessageId, token } = notice;
    const recipients = notice.recipients.map((one) => `${one.address} ${one.class}`);
    expect({ kind: notice.kind, recipients, originalMessageId, token }).toEqual({
      originalMessageId: expect.toBeOneOf([expect.any(String), null]) as unknown,
      token: null,
      ...GOLDEN[name],
    });
  });

  test('of no use says why', () => {
    expect(parseBounce(readSample('challenge')).note).toMatch(/challenge/);
    expect(parseBounce(readSample('own-mail-came-round')).note).toMatch(/our own/);
    expect(parseBounce(readSample('postfix-delay')).note).toMatch(/still trying/);
  });

  test('names where a mail was forwarded to beside whom we wrote to', () => {
    const { recipients } = parseBounce(readSample('postfix-expanded'));
    expect(recipients).toMatchObject([
      { address: 'ada@example.net', aliases: ['ben@example.net'] },
    ]);
  });

  test('keeps no address in its diagnostic', () => {
    for (const name of Object.keys(GOLDEN)) {
      for (const { diagnostic } of parseBounce(readSample(name)).recipients)
        expect(diagnostic ?? '').not.toMatch(/(?:ada|ben|cleo)@/);
    }
  });
});

describe('hostile bytes', () => {
  test('never make it throw', () => {
    const samples = Object.keys(GOLDEN).map(readSample);
    const damaged = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 40 }))
      .map(([sample, from, length, junk]) => {
        const at = from % sample.length;
        return Buffer.concat([sample.subarray(0, at), junk, sample.subarray(at + (length % 300))]);
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 2_000 })), (bytes) => {
        expect(parseBounce(bytes).recipients).toBeInstanceOf(Array);
      }),
      { numRuns: 400 },
    );
  });

  const BIG = 10_000_000;
  const HEAD = 'From: MAILER-DAEMON@example.net\nSubject: Undeliverable\n';
  test.each([
    ['ten megabytes of one letter', 'a'.repeat(BIG)],
    ['ten megabytes of a header', `Subject: ${'x '.repeat(BIG / 2)}`],
    ['a million folded lines', `${HEAD}X-A: b\n${' c\n'.repeat(1_000_000)}`],
    ['addresses without end', `${HEAD}\n${'a@b.c '.repeat(1_000_000)}`],
    ['at signs', `${HEAD}\n${'@'.repeat(1_000_000)}`],
    ['angle brackets', `${HEAD}Content-Type: text/html\n\n${'<'.repeat(1_000_000)}`],
    ['unclosed tags', `${HEAD}Content-Type: text/html\n\n${'<p '.repeat(1_000_000)}`],
    ['dashes', `${HEAD}\n${'-'.repeat(1_000_000)}`],
    ['blank lines', `${HEAD}\n${' \n'.repeat(1_000_000)}`],
    [
      'recipients',
      `${HEAD}\n${'Final-Recipient: rfc822;a@b.c\nAction: failed\n\n'.repeat(50_000)}`,
    ],
    ['words that almost match', `${HEAD}\n${'mailbox message user '.repeat(100_000)}`],
    ['letters of one address', `${HEAD}\n${'<ada.'.repeat(200_000)}`],
    ['parts in parts', nest(2_000)],
  ])('%s are read before the patience of a test ends', (_, mail) => {
    expect(parseBounce(Buffer.from(mail)).recipients.length).toBeLessThan(1_000);
  });
});

function nest(depth: number): string {
  const part = (at: number): string =>
    `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`;
  return Array.from({ length: depth }, (_, at) => part(at)).join('');
}
