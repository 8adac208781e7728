import { domainToASCII } from 'node:url';

/** The `mailto:` link (RFC 6068) that writes to an address under a subject; its domain in ASCII, as mail programs expect it. */
export function makeMailto(address: string, subject: string): string {
  const at = address.lastIndexOf('@');
  const local = encodeURIComponent(address.slice(0, at)).replaceAll('%2B', '+');
  return `mailto:${local}@${domainToASCII(address.slice(at + 1))}?subject=${encodeURIComponent(subject)}`;
}
