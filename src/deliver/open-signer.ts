import { createHash, sign, type KeyObject } from 'node:crypto';

/** One DKIM key: where its public half is published, and the private half. */
export interface SigningKey {
  /** The record is `SELECTOR._domainkey.DOMAIN`. */
  readonly selector: string;
  readonly key: KeyObject;
}

/** Signs messages for one domain. */
export interface Signer {
  /** The DKIM-Signature fields for these header fields and this body (SHA-256, base64), one per key. */
  sign(headers: readonly string[], bodyHash: string): Promise<string>;
}

/** What is signed when present. One-click unsubscribing is only believed when its two fields are among them (RFC 8058, section 4). */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-archive',
  'archived-at',
  'auto-submitted',
  'feedback-id',
];
/** Named once more than they are there, so that a second one added on the way breaks the signature (RFC 6376, section 8.15). */
const SEALED = ['from', 'to', 'subject'];
const BASE64_LINE = /.{1,72}/g;

/** A DKIM signer (RFC 6376, relaxed/simple; Ed25519 as in RFC 8463): the same message always gets the same fields. It takes the keys as they are; see findKeyFault. */
export function openSigner(domain: string, keys: readonly SigningKey[]): Signer {
  return {
    async sign(headers, bodyHash) {
      const relaxed = new Map(headers.map(relaxHeader));
      const present = SIGNED.filter((name) => relaxed.has(name));
      const signed = present.map((name) => relaxed.get(name)).join('');
      const tags = { names: [...present, ...SEALED].join(':'), bodyHash, domain };
      const fields = keys.map(async (key) => {
        const unsigned = startField(key, tags);
        const [, own] = relaxHeader(unsigned);
        const signature = await signText(key.key, signed + own.trimEnd());
        return `${unsigned}${signature.match(BASE64_LINE)?.join('\r\n ') ?? ''}\r\n`;
      });
      return (await Promise.all(fields)).join('');
    },
  };
}

/**
 * The signature of a text in base64, with the algorithm of its key. It is made on a thread of Node's own pool: an RSA signature
 * takes a third of what a message costs, and the connections go on meanwhile.
 */
export function signText(key: KeyObject, text: string): Promise<string> {
  const isRsa = key.asymmetricKeyType === 'rsa';
  // RFC 8463, section 3: Ed25519 signs the hash, not the text.
  const data = isRsa ? Buffer.from(text) : createHash('sha256').update(text).digest();
  return new Promise((resolve, reject) => {
    sign(isRsa ? 'sha256' : null, data, key, (error, signature) =>
      error ? reject(error) : resolve(signature.toString('base64')),
    );
  });
}

/** The field up to the signature itself; to be folded where the relaxed form forgets it. */
function startField(
  { key, selector }: SigningKey,
  tags: { names: string; bodyHash: string; domain: string },
): string {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'rsa-sha256' : 'ed25519-sha256';
  return [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/simple; d=${tags.domain};`,
    `s=${selector}; bh=${tags.bodyHash};`,
    `h=${tags.names.replace(/(.{50,70}):/g, '$1:\r\n  ')};`,
    'b=',
  ].join('\r\n ');
}

/** A field in the relaxed form of RFC 6376, section 3.4.2, by its name. */
function relaxHeader(field: string): [name: string, relaxed: string] {
  const colon = field.indexOf(':');
  const name = field.slice(0, colon).toLowerCase();
  const value = field
    .slice(colon + 1)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
  return [name, `${name}:${value}\r\n`];
}
