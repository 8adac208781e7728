import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAddressFault, maskAddress, normalizeAddress } from '../../src/domain/subscriber.ts';

describe('an address that would inject something', () => {
  test.each([
    'ada@example.org/\r\nBcc: ben@example.org',
    'ada@example.org\r\nBcc: ben',
    'ada@exam\nple.org',
    'ada@exam\tple.org',
    'ada\r\n@example.org',
    'ada@example.org, ben@example.org',
    'ada@example.org;ben@example.org',
    'ada@example.org ben@example.org',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    'ada@example.org>',
    '"ada ben"@example.org',
    '"ada@evil.example"@example.org',
    'ada(ben@example.org)@example.org',
    'ada@example.org(comment)',
    'ada@ben@example.org',
    '@example.org:ada@example.org',
    'group:ada@example.org;',
    'ada\0@example.org',
    'ada@example.org\0',
    'ada\u202egro.elpmaxe@example.org',
    'ada@exa\u200bmple.org',
    'ada@exa\u00admple.org',
    'ada@example.org/path',
    'ada@example.org?subject=x',
    'ada@example.org#x',
    'ada@example.org:25',
    'ada@example.org\\x',
    'ada@ex%61mple.org',
    'ada@%00example.org',
  ])('%j is refused', (text) => {
    expect(findAddressFault(text)).not.toBeNull();
  });
});

describe('an address that is none', () => {
  test.each([
    '',
    '@',
    'ada',
    'ada@',
    '@example.org',
    'ada@localhost',
    'ada@example',
    'ada@.org',
    'ada@example..org',
    'ada@example.org.',
    'ada@-example.org',
    'ada@example-.org',
    'ada@exa_mple.org',
    'ada@[127.0.0.1]',
    'ada@[IPv6:::1]',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@2130706433',
    'ada@example.123',
    '.ada@example.org',
    'ada.@example.org',
    'ada..ben@example.org',
    ' ada@example.org',
    'ada@example.org ',
  ])('%j is refused', (text) => {
    expect(findAddressFault(text)).not.toBeNull();
  });
});

describe('an address we can mail', () => {
  test.each([
    'ada@example.org',
    "o'neill+news@sub.example.org",
    '!#$%&*+-/=?^_`{|}~@example.org',
    'ada@münchen.example',
    'ada@xn--mnchen-3ya.example',
    'ада@почта.рф',
    '小林@例え.jp',
    'a@b.co',
    'ada@1.example.org',
    'ada@3com.example',
  ])('%s is taken', (text) => {
    expect(findAddressFault(text)).toBeNull();
  });
});

describe('the length of an address', () => {
  const label = 'd'.repeat(61);
  const domain = `${label}.${label}.${label}.org`;

  test('64 octets before the @ are allowed and 65 are not', () => {
    expect(findAddressFault(`${'a'.repeat(64)}@example.org`)).toBeNull();
    expect(findAddressFault(`${'a'.repeat(65)}@example.org`)).toBe('it is too long');
  });

  test('254 octets are allowed and 255 are not', () => {
    const room = 254 - domain.length - 1;
    expect(findAddressFault(`${'a'.repeat(room)}@${domain}`)).toBeNull();
    expect(findAddressFault(`${'a'.repeat(room + 1)}@${domain}`)).toBe('it is too long');
  });

  test('octets count, not letters', () => {
    expect(findAddressFault(`${'é'.repeat(32)}@example.org`)).toBeNull();
    expect(findAddressFault(`${'é'.repeat(33)}@example.org`)).toBe('it is too long');
  });

  test('an international domain counts as it is sent', () => {
    const labels = Array.from({ length: 4 }, (_, i) => `${'ü'.repeat(20)}${'abcd'[i]}`);
    const text = `${'a'.repeat(60)}@${labels.join('.')}.example`;
    expect(Buffer.byteLength(text)).toBeLessThan(254);
    const sent = normalizeAddress(text);
    expect(findAddressFault(text) === null).toBe(sent.length <= 254);
  });

  test('a label of 63 letters is allowed and one of 64 is not', () => {
    expect(findAddressFault(`ada@${'d'.repeat(63)}.org`)).toBeNull();
    expect(findAddressFault(`ada@${'d'.repeat(64)}.org`)).not.toBeNull();
  });
});

describe('the key of an address', () => {
  test.each([
    ['ADA@Example.ORG', 'ada@example.org'],
    ['ada@MÜNCHEN.example', 'ada@xn--mnchen-3ya.example'],
    ['Zoe\u0308@example.org', 'zo\u00eb@example.org'],
    ['Ada+News@example.org', 'ada+news@example.org'],
    ['a.da@example.org', 'a.da@example.org'],
  ])('of %s is %s', (written, key) => {
    expect(normalizeAddress(written)).toBe(key);
  });

  test('is one line with one @ whatever was accepted, and its own key', () => {
    const text = fc
      .tuple(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 12 }),
      )
      .map(([local, host]) => `${local}@${host}.org`);
    fc.assert(
      fc.property(text, (address) => {
        if (findAddressFault(address) !== null) return;
        const key = normalizeAddress(address);
        expect(key).toMatch(/^[^\s@]+@[a-z0-9.-]+$/u);
        expect(normalizeAddress(key)).toBe(key);
      }),
      { numRuns: 2_000 },
    );
  });

  test('two spellings of one mailbox share a key', () => {
    const spellings = ['Ben@Bücher.example', 'ben@bücher.example', 'BEN@xn--bcher-kva.example'];
    expect(new Set(spellings.map(normalizeAddress)).size).toBe(1);
  });
});

test('a masked address shows one letter and the domain', () => {
  expect(maskAddress('ada@example.org')).toBe('a…@example.org');
  expect(maskAddress('𝒶da@example.org')).toBe('𝒶…@example.org');
  expect(maskAddress('not an address')).toBe('…');
});
