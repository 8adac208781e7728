import { describe, expect, test } from 'vitest';
import { makeLinkToken, readLinkToken, type LinkPurpose } from '../../src/domain/link-token.ts';

const SECRET = 'a secret of the installation';
const ID = '8a4b2c1e-0000-4000-8000-000000000001';
const TOKEN = makeLinkToken(SECRET, 'unsubscribe', ID);

describe('a link token', () => {
  test('gives back the id it was made for', () => {
    expect(readLinkToken(SECRET, 'unsubscribe', TOKEN)).toBe(ID);
  });

  test('is safe in a path and carries at least 128 bits of signature', () => {
    expect(TOKEN).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(Buffer.from(TOKEN.split('.')[1] ?? '', 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  test('is refused when any one character is another', () => {
    for (let at = 0; at < TOKEN.length; at += 1) {
      const other = TOKEN[at] === 'A' ? 'B' : 'A';
      const forged = TOKEN.slice(0, at) + other + TOKEN.slice(at + 1);
      expect(readLinkToken(SECRET, 'unsubscribe', forged), `changed at ${at}`).toBeNull();
    }
  });

  test('is refused for another purpose, with another secret, and for another id', () => {
    const otherPurpose = makeLinkToken(SECRET, 'preferences' as LinkPurpose, ID);
    expect(readLinkToken(SECRET, 'unsubscribe', otherPurpose)).toBeNull();
    expect(readLinkToken('another secret', 'unsubscribe', TOKEN)).toBeNull();
    const swapped = `${ID.replace('1', '2')}.${TOKEN.split('.')[1]}`;
    expect(readLinkToken(SECRET, 'unsubscribe', swapped)).toBeNull();
  });

  test.each([
    '',
    '.',
    ID,
    `${ID}.`,
    `.${TOKEN.split('.')[1]}`,
    `${TOKEN}A`,
    `${TOKEN}=`,
    TOKEN.slice(0, -1),
    `${TOKEN} `,
    `${TOKEN}.${TOKEN}`,
    'é.é',
  ])('%j is refused without an error', (text) => {
    expect(readLinkToken(SECRET, 'unsubscribe', text)).toBeNull();
  });
});
