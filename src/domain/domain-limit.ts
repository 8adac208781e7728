import { domainToASCII } from 'node:url';

/** What the servers of one domain take from us; Infinity where they have no limit. */
export interface DomainLimit {
  readonly perSecond: number;
  /** Messages under way to it at the same time. */
  readonly atOnce: number;
}

const SECONDS = { s: 1, m: 60 } as const;
const ENTRY = /^([^\s:]+)\s*:\s*(?:([1-9]\d{0,5})\/([sm]))?(?:\s*,?\s*([1-9]\d{0,2}) at once)?$/;
const DOMAIN = /^([a-z0-9-]+\.)+[a-z0-9-]+$/;

/** Reads `gmail.com: 5/s, 2 at once; example.org: 20/m`: domains with the limits of each. A text says, in one sentence, what is wrong. */
export function parseDomainLimits(text: string): ReadonlyMap<string, DomainLimit> | string {
  const limits = new Map<string, DomainLimit>();
  for (const entry of splitEntries(text)) {
    const [, written = '', count, unit, atOnce] = ENTRY.exec(entry) ?? [];
    const domain = domainToASCII(written);
    if (!DOMAIN.test(domain) || (count ?? atOnce) === undefined)
      return `"${entry}" is no limit: write it like gmail.com: 5/s, or gmail.com: 20/m, 2 at once`;
    if (limits.has(domain)) return `${domain} has two limits: write one`;
    limits.set(domain, {
      perSecond: unit ? Number(count) / SECONDS[unit as keyof typeof SECONDS] : Infinity,
      atOnce: Number(atOnce ?? Infinity),
    });
  }
  return limits;
}

function splitEntries(text: string): readonly string[] {
  return text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The domain of an address, as limits name it. */
export function readDomain(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1));
}
