import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link in a mail may do; a token for one purpose never works for another. */
export type LinkPurpose = 'picture' | 'unsubscribe';

/**
 * The token of a link that leaves a list: names the subscription and never expires (RFC 8058 asks for opaque and hard to forge).
 * HMAC-SHA-256 cut to 160 bits over purpose and id; base64url, safe in a path.
 */
export function makeLinkToken(secret: string, purpose: LinkPurpose, id: string): string {
  return `${id}.${sign(secret, purpose, id)}`;
}

/** The id inside a token of this purpose, or null when it was not made with this secret. Compares in constant time. */
export function readLinkToken(secret: string, purpose: LinkPurpose, token: string): string | null {
  const dot = token.indexOf('.');
  if (dot < 1) return null;
  const id = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const right = Buffer.from(sign(secret, purpose, id));
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}

function sign(secret: string, purpose: LinkPurpose, id: string): string {
  const mac = createHmac('sha256', secret).update(`daybrief:${purpose}:${id}`).digest();
  return mac.subarray(0, 20).toString('base64url');
}
