import { createHmac, timingSafeEqual } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LETTERS = 26;
const MAC_BYTES = 10;
const TOKEN = /\+([a-z2-7]{42})@/i;

/**
 * What names one delivery to whoever gives it back: its UUID and an HMAC-SHA-256 cut to 80 bits, in base32, since a local part has
 * 64 characters and some servers change their case. As an envelope id it needs no encoding (RFC 3461, section 4.4).
 */
export function makeBounceToken(secret: string, deliveryId: string): string {
  const id = Buffer.from(deliveryId.replaceAll('-', ''), 'hex');
  return encode(id) + encode(sign(secret, deliveryId));
}

/** The return path of one delivery (VERP): `bounces+TOKEN@example.org`, so that whatever comes back names it. */
export function makeReturnPath(bounceAddress: string, token: string): string {
  const at = bounceAddress.lastIndexOf('@');
  return `${bounceAddress.slice(0, at)}+${token}${bounceAddress.slice(at)}`;
}

/** What looks like a token in an address that a bounce was sent to, in lower case; nothing is verified. */
export function findBounceToken(address: string): string | null {
  return TOKEN.exec(address)?.[1]?.toLowerCase() ?? null;
}

/** The delivery a token names, or null when it was not made with this secret. Compares in constant time. */
export function readBounceToken(secret: string, token: string): string | null {
  const id = decode(token.slice(0, ID_LETTERS)).subarray(0, 16).toString('hex');
  if (id.length !== 32) return null;
  const deliveryId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const given = Buffer.from(token.slice(ID_LETTERS));
  const right = Buffer.from(encode(sign(secret, deliveryId)));
  return given.length === right.length && timingSafeEqual(given, right) ? deliveryId : null;
}

function sign(secret: string, deliveryId: string): Buffer {
  const mac = createHmac('sha256', secret).update(`daybrief:bounce:${deliveryId}`).digest();
  return mac.subarray(0, MAC_BYTES);
}

/** Base32 (RFC 4648, section 6) in lower case, without padding. */
function encode(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + LETTERS[(held << (5 - bits)) & 31];
}

function decode(text: string): Buffer {
  let bits = 0n;
  for (const letter of text) bits = (bits << 5n) | BigInt(Math.max(0, LETTERS.indexOf(letter)));
  const bytes = Math.floor((text.length * 5) / 8);
  bits >>= BigInt(text.length * 5 - bytes * 8);
  return Buffer.from(bits.toString(16).padStart(bytes * 2, '0'), 'hex');
}
