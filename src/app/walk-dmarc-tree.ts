import type { DnsReader } from '../deliver/open-dns-reader.ts';

/** A name with what is published about it for DMARC. */
export interface DmarcName {
  readonly domain: string;
  /** More than one, and receivers follow none. */
  readonly records: readonly string[];
  /** Of the only record; else empty. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Of a longer name the walk goes on with so many labels less one. */
const MOST_LABELS = 8;

/**
 * The names that have DMARC records from a domain up to its top, the domain first (RFC 9989, section 4.10): at most eight questions,
 * none above a name that says with psd= where an organization ends. Null when the DNS does not answer.
 */
export async function walkDmarcTree(
  reader: Pick<DnsReader, 'readTexts'>,
  domain: string,
): Promise<readonly DmarcName[] | null> {
  const found: DmarcName[] = [];
  for (const name of listSteps(domain)) {
    const texts = await reader.readTexts(`_dmarc.${name}`);
    if (texts === null) return null;
    const records = texts.filter((text) => /^v=DMARC1\s*(;|$)/.test(text));
    const [only, ...others] = records;
    if (only === undefined) continue;
    const tags = others.length > 0 ? {} : parseTags(only);
    found.push({ domain: name, records, tags });
    if (/^[ny]$/.test(tags['psd'] ?? '')) break;
  }
  return found;
}

/** The organization a domain belongs to: domains of one organization are aligned with each other. */
export function findOrganization(walk: readonly DmarcName[], domain: string): string {
  const valid = walk.filter(({ records }) => records.length === 1);
  const ends = valid.find(({ tags }) => tags['psd'] === 'n');
  if (ends) return ends.domain;
  const suffix = valid.find(({ tags, domain: name }) => tags['psd'] === 'y' && name !== domain);
  if (suffix) return takeLabels(domain, suffix.domain.split('.').length + 1);
  return valid.at(-1)?.domain ?? domain;
}

/** The record that receivers follow: the domain's own, else its organization's, else that of the suffix above. */
export function findDmarcPolicy(walk: readonly DmarcName[], domain: string): DmarcName | null {
  const organization = findOrganization(walk, domain);
  const named = [domain, organization].map((name) => walk.find((one) => one.domain === name));
  return named.find(Boolean) ?? walk.at(-1) ?? null;
}

function listSteps(domain: string): readonly string[] {
  const labels = domain.split('.');
  const next = labels.length > MOST_LABELS ? MOST_LABELS - 1 : labels.length - 1;
  const shorter = Array.from({ length: next }, (_, step) => takeLabels(domain, next - step));
  return [domain, ...shorter];
}

function takeLabels(domain: string, count: number): string {
  return domain.split('.').slice(-count).join('.');
}

function parseTags(record: string): Readonly<Record<string, string>> {
  const pairs = record.split(';').map((part) => part.split('='));
  return Object.fromEntries(
    pairs.map(([name = '', ...value]) => [name.trim().toLowerCase(), value.join('=').trim()]),
  );
}
