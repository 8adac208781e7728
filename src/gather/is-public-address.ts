import ipaddr from 'ipaddr.js';

const ROUTED_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
const DOCUMENTATION_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('3fff::'), 20];

/**
 * True when `address` is a public unicast address (IANA special-purpose registries, RFC 6890).
 * IPv6 forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are never public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (!(parsed instanceof ipaddr.IPv6)) return true;
  return parsed.match(ROUTED_IPV6) && !parsed.match(DOCUMENTATION_IPV6);
}
