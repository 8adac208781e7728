import { expect, test } from 'vitest';
import { parseDomainLimits, readDomain } from '../../src/domain/domain-limit.ts';

test('A domain has a rate, a number at once, or both', () => {
  const limits = parseDomainLimits(
    'Gmail.com: 5/s; harbour.example: 30/m, 2 at once;x.org:3 at once;',
  );
  expect(limits).toEqual(
    new Map([
      ['gmail.com', { perSecond: 5, atOnce: Infinity }],
      ['harbour.example', { perSecond: 0.5, atOnce: 2 }],
      ['x.org', { perSecond: Infinity, atOnce: 3 }],
    ]),
  );
  expect(parseDomainLimits(' ')).toEqual(new Map());
});

test.each([
  'gmail.com',
  'gmail.com: fast',
  'gmail.com: 0/s',
  'gmail: 5/s',
  'a@b.org: 5/s',
  ': 5/s',
])('%j is told with how to write it', (text) =>
  expect(parseDomainLimits(`x.org: 1/s; ${text}`)).toContain(`"${text}" is no limit`),
);

test('One domain with two limits is refused', () => {
  expect(parseDomainLimits('gmail.com: 5/s; GMAIL.com: 6/s')).toBe(
    'gmail.com has two limits: write one',
  );
});

test('The domain of an address is written as limits are', () => {
  expect(readDomain('ada@Bücher.example')).toBe('xn--bcher-kva.example');
});
