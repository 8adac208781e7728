import { getDomain } from 'tldts';

/** The domain somebody registered that a host lies in, by the list of public suffixes; the host itself where there is none. */
export function findRegistrableDomain(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}
