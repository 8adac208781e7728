import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { simpleParser, type AddressObject } from 'mailparser';
import { expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import type { Message } from '../../src/domain/email.ts';
import { findAddressFault } from '../../src/domain/subscriber.ts';
import { sampleMessage } from './sample-message.ts';

interface PythonReading {
  readonly names: readonly string[];
  readonly from: readonly (readonly [name: string, address: string])[];
  readonly to: readonly (readonly [name: string, address: string])[];
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  readonly list: string;
  readonly references: string;
  readonly types: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly defects: readonly string[];
}

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('SKIPPED: there is no python3 here to read our headers.');

/** One name, subject or address each, from plain to hostile. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 250, maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '"',
          '\\',
          '\r\n',
          '\n ',
          '\t',
          ',',
          ';',
          '<',
          '>',
          '@',
          '(',
          ')',
          '=?utf-8?q?x?=',
          '?=',
        ],
        ...[
          'a',
          'é',
          '北京',
          '🌍',
          '👩‍👩‍👧',
          'مرحبا',
          'שלום',
          '\u200f',
          '\ud800',
          '\0',
          '\u2028',
          ' ',
          '  ',
          '.',
        ],
        ...['\r\nBcc: ben@example.org\r\n', 'x'.repeat(80)],
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join('')),
  fc.integer({ min: 900, max: 1_200 }).map((length) => 'y'.repeat(length)),
);
const atom = fc.string({
  unit: fc.constantFrom(..."abcxyzABC0189!#$%&'*+-/=?^_`{|}~"),
  minLength: 1,
  maxLength: 20,
});
const label = fc.constantFrom('example', 'bücher', '例え', 'a-b', 'x'.repeat(60), 'y'.repeat(63));
const anyAddress = fc
  .tuple(
    fc.array(atom, { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join('.')),
    fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => [...labels, 'org'].join('.')),
  )
  .map(([local, domain]) => `${local}@${domain}`)
  .filter((address) => findAddressFault(address) === null);
const LONGEST = `${'l'.repeat(64)}@${'d'.repeat(63)}.${'e'.repeat(63)}.${'f'.repeat(57)}.org`;
const anyMailbox = fc.record({
  name: anyText,
  address: fc.oneof(anyAddress, fc.constant(LONGEST)),
});
const anyMessage: fc.Arbitrary<Message> = fc
  .record({
    from: anyMailbox,
    to: anyMailbox,
    subject: anyText,
    text: anyText,
    time: fc.integer({ min: 0, max: 4_000_000_000 }),
  })
  .map(({ from, to, subject, text, time }) =>
    sampleMessage({
      from,
      to,
      subject,
      text: `${asLine(text)}\n`,
      html: `<p>${asLine(text)}</p>`,
      date: new Date(time * 1_000).toISOString(),
      headers: {
        References: '<0123456789@example.org>',
        'List-Unsubscribe': `<https://brief.example.org/${'u'.repeat(300)}>, <mailto:b@example.org>`,
      },
    }),
  );

/** The one line a header can hold of a text. */
function asLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function asSent(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

function readWithPython(messages: readonly Uint8Array[]): readonly PythonReading[] {
  const input = JSON.stringify(messages.map((bytes) => Buffer.from(bytes).toString('base64')));
  const script = join(import.meta.dirname, 'read-headers.py');
  const { stdout, stderr, status } = spawnSync('python3', [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly PythonReading[];
}

test.skipIf(!hasPython)(
  'Python reads back every name, address, subject, date and text, and finds no defect',
  async () => {
    const anyMorning = fc.array(anyMessage, { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyMorning, async (messages) => {
        const readings = readWithPython(
          await Promise.all(messages.map((one) => formatMessage(one))),
        );
        for (const [at, { from, to, subject, date, email }] of messages.entries()) {
          const reading = readings[at];
          expect(reading).toMatchObject({
            subject: asLine(subject),
            references: '<0123456789@example.org>',
            list: `<https://brief.example.org/${'u'.repeat(300)}>, <mailto:b@example.org>`,
            types: ['multipart/alternative', 'text/plain', 'text/html'],
            defects: [],
          });
          expect(reading?.from.map(packMailbox)).toEqual([packMailbox([from.name, from.address])]);
          expect(reading?.to.map(packMailbox)).toEqual([packMailbox([to.name, to.address])]);
          expect(new Date(reading?.date ?? '').toISOString()).toBe(date);
          expect(new Set(reading?.names).size).toBe(reading?.names.length);
          expect(reading?.text.trimEnd()).toBe(email.text.trimEnd());
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
);

/** Older releases of Python keep a blank between two encoded words of a name (RFC 2047, section 6.2, drops it), so blanks are left out. */
function packMailbox([name, address]: readonly [string, string]): readonly [string, string] {
  return [asLine(name).replaceAll(' ', ''), asSent(address)];
}

test('Mailparser reads back every name, address, subject and date', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const parsed = await simpleParser(Buffer.from(await formatMessage(message)));
      const { from, to, subject, date } = message;
      expect(parsed.subject ?? '').toBe(asLine(subject));
      expect(parsed.date?.toISOString()).toBe(date);
      expect(readMailboxes(parsed.from)).toEqual([[asLine(from.name), asSent(from.address)]]);
      expect(readMailboxes(parsed.to)).toEqual([[asLine(to.name), asSent(to.address)]]);
      expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined]);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

/** Mailparser shows a domain of other letters as people write it. */
function readMailboxes(field: AddressObject | AddressObject[] | undefined) {
  const { value } = field as AddressObject;
  return value.map(({ name, address }) => [name, asSent(address ?? '')]);
}

test('No line is longer than a server takes, none is empty before the body, and all end in CRLF', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, async (message) => {
      const bytes = Buffer.from(await formatMessage(message)).toString('latin1');
      const head = bytes.slice(0, bytes.indexOf('\r\n\r\n'));
      expect(bytes).not.toMatch(/[^\r]\n|\r[^\n]|[^\t\r\n\x20-\x7e]/);
      for (const line of bytes.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
      for (const line of head.split('\r\n')) expect(line).toMatch(/\S/);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
