import { expect, test } from 'vitest';
import { normalizeReply } from '../../src/deliver/normalize-reply.ts';

test('A reply of several lines becomes one, without its codes', () => {
  expect(normalizeReply('550-5.7.1 first\n550-second\r\n550 third', [])).toBe(
    '5.7.1 first second third',
  );
});

test('Addresses lose the part before the @, quoted or not', () => {
  expect(normalizeReply('no <ada@example.org>, "b en"@example.org, zoë@bücher.example', [])).toBe(
    'no <…@example.org>, …@example.org, …@bücher.example',
  );
});

test('It has at most 200 characters and no control character', () => {
  const reply = normalizeReply(`a\u0000b\u001b[31m${'x'.repeat(500)}`, []);
  expect(reply).toHaveLength(200);
  expect(reply).toMatch(/^a b \[31mx+…$/);
});

test('A long hostile reply costs no time to speak of', () => {
  expect(normalizeReply('"'.repeat(200_000), [])).toHaveLength(200);
  expect(normalizeReply('a'.repeat(200_000), [])).toHaveLength(200);
});
