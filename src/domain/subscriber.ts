import { domainToASCII } from 'node:url';

/** A person. Key: the normalized address. */
export interface Subscriber {
  readonly id: string;
  /** As the person wrote it, one addr-spec. */
  readonly address: string;
  /** The key: see normalizeAddress. */
  readonly normalizedAddress: string;
  readonly name: string;
  /** IANA zone; null means the newsletter's. */
  readonly zone: string | null;
  /** BCP 47 language of the furniture around the stories; null means the newsletter's. */
  readonly language: string | null;
}

const ATEXT = /^[\p{L}\p{N}!#$%&'*+\-/=?^_`{|}~]+$/u;
const HOST = /^[\p{L}\p{M}\p{N}.-]+$/u;
const PLAIN_DOMAIN = /^[a-z0-9.-]+\.[a-z]+$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Why `text` is not one addr-spec we can mail (RFC 5321 lengths, RFC 5322 dot-atom, RFC 6531 letters), or null when it is.
 * Quoted local parts, address literals and comments are refused: nobody's mailbox has one, and injections do.
 */
export function findAddressFault(text: string): string | null {
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return 'it needs a name, an @ and a domain';
  const local = text.slice(0, at);
  const written = text.slice(at + 1);
  // domainToASCII reads as a URL would: it drops line breaks and all that follows a slash.
  const domain = HOST.test(written) ? toAsciiDomain(written) : '';
  const length = Math.max(Buffer.byteLength(text), Buffer.byteLength(`${local}@${domain}`));
  if (length > 254 || Buffer.byteLength(local) > 64) return 'it is too long';
  if (!local.split('.').every((atom) => ATEXT.test(atom)))
    return 'the part before the @ has a character or a dot where none may be';
  const labels = domain.split('.');
  const isNumber = /^\d+$/.test(labels.at(-1) ?? '');
  if (labels.length < 2 || isNumber || !labels.every((label) => LABEL.test(label)))
    return 'the part after the @ is not a domain name';
  return null;
}

/** Most are plain already, and asking costs as much as all the rest. */
function toAsciiDomain(written: string): string {
  return PLAIN_DOMAIN.test(written) && !written.includes('xn--') ? written : domainToASCII(written);
}

/** The key two spellings of one mailbox share: NFC, lower case, domain as A-labels (RFC 5890). Throws nothing; check with findAddressFault first. */
export function normalizeAddress(text: string): string {
  const at = text.lastIndexOf('@');
  return `${text.slice(0, at).normalize('NFC').toLowerCase()}@${domainToASCII(text.slice(at + 1))}`;
}

/** An address safe to print where people may look over the shoulder: `a…@example.org`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${[...address][0]}…${address.slice(at)}`;
}
