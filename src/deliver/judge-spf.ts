import { BlockList, isIP, isIPv6 } from 'node:net';
import type { DnsReader } from './open-dns-reader.ts';

/** Whether a domain's SPF record lets a server send for it; `unknown` where the DNS gave no answer or the record asks for more than we read. */
export type SpfVerdict = 'allowed' | 'refused' | 'unknown';

/** RFC 7208, section 4.6.4. */
const MOST_LOOK_UPS = 10;

/** The SPF records among a domain's TXT records; more than one is as bad as none (RFC 7208, section 4.5). */
export function listSpfRecords(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => /^v=spf1( |$)/i.test(text));
}

/** Reads an SPF record (RFC 7208) as a receiver does for mail from any of these addresses. */
export async function judgeSpf(
  reader: DnsReader,
  { domain, record }: { domain: string; record: string },
  addresses: readonly string[],
): Promise<SpfVerdict> {
  let lookUps = 0;

  async function judgeRecord(name: string, text: string): Promise<SpfVerdict> {
    for (const term of text.trim().split(/ +/).slice(1)) {
      const verdict = await judgeTerm(name, term.toLowerCase());
      if (verdict) return verdict;
    }
    const redirect = /(?:^| )redirect=(\S+)/i.exec(text)?.[1];
    return redirect ? await judgeOther(redirect) : 'refused';
  }

  /** Null when the term decides nothing. */
  async function judgeTerm(name: string, term: string): Promise<SpfVerdict | null> {
    const [, sign = '', mechanism = '', rest = ''] = /^([+?~-]?)([a-z0-9]+)(.*)$/.exec(term) ?? [];
    if (rest.startsWith('=')) return null;
    const yes = sign === '' || sign === '+' ? 'allowed' : 'refused';
    if (mechanism === 'all') return yes;
    if (term.includes('%') || mechanism === 'exists' || mechanism === 'ptr') return 'unknown';
    if (mechanism === 'include') {
      const verdict = await judgeOther(rest.slice(1));
      return verdict === 'allowed' ? yes : verdict === 'unknown' ? verdict : null;
    }
    const networks = await listNetworks(name, mechanism, rest);
    if (!networks) return 'unknown';
    return networks.some((network) => holds(network, addresses)) ? yes : null;
  }

  async function judgeOther(name: string): Promise<SpfVerdict> {
    lookUps += 1;
    if (lookUps > MOST_LOOK_UPS) return 'unknown';
    const texts = await reader.readTexts(name);
    const [record] = listSpfRecords(texts ?? []);
    return record ? await judgeRecord(name, record) : 'unknown';
  }

  async function listNetworks(
    name: string,
    mechanism: string,
    rest: string,
  ): Promise<readonly string[] | null> {
    if (mechanism === 'ip4' || mechanism === 'ip6') return [rest.slice(1)];
    if (mechanism !== 'a' && mechanism !== 'mx') return [];
    lookUps += 1;
    if (lookUps > MOST_LOOK_UPS) return null;
    const [, host = '', prefix = ''] = /^(?::([^/]+))?(\/.*)?$/.exec(rest) ?? [];
    const hosts = mechanism === 'a' ? [host || name] : await reader.readMailHosts(host || name);
    const found = await Promise.all((hosts ?? []).map((one) => reader.readAddresses(one)));
    return hosts && found.flatMap((list) => (list ?? []).map((one) => one + prefix));
  }

  return await judgeRecord(domain, record);
}

function holds(network: string, addresses: readonly string[]): boolean {
  const [base = '', prefix] = network.split('/');
  if (isIP(base) === 0) return false;
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  const bits = Number(prefix ?? (family === 'ipv6' ? 128 : 32));
  if (!(bits >= 0 && bits <= (family === 'ipv6' ? 128 : 32))) return false;
  list.addSubnet(base, bits, family);
  return addresses.some((address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
}
