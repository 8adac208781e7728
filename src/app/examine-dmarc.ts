import type { DnsReader } from '../deliver/open-dns-reader.ts';
import { leaveCheck, passCheck, type SetupFinding } from './setup-finding.ts';
import { findDmarcPolicy, findOrganization, walkDmarcTree } from './walk-dmarc-tree.ts';

/** Whom mail is from, who signs it, and whom it comes back to. */
interface SendingDomains {
  readonly domain: string;
  /** Empty: mail is not signed by us. */
  readonly signing: string;
  readonly returnDomain: string;
}

interface Policy {
  /** Where it was found: the domain itself or one above it. */
  readonly domain: string;
  readonly record: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What receivers are told to do with mail that only claims to be from the domain (DMARC, RFC 9989 to 9991), and what rests on it (BIMI). */
export async function examineDmarc(
  reader: DnsReader,
  domains: SendingDomains,
): Promise<readonly SetupFinding[]> {
  const check = 'DMARC';
  const { domain } = domains;
  const walk = await walkDmarcTree(reader, domain);
  if (walk === null) return [leaveCheck(check, `the DMARC record of ${domain} could not be read.`)];
  const found = findDmarcPolicy(walk, domain);
  const [record, ...others] = found?.records ?? [];
  if (!found || record === undefined)
    return [
      warn(
        `${domain} has no DMARC record; the large mailbox providers want one from everybody who mails many.`,
        `Publish, and read the reports before you make it stricter: _dmarc.${domain}. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`,
      ),
    ];
  if (others.length > 0)
    return [
      warn(
        `_dmarc.${found.domain} has ${others.length + 1} records, and receivers then follow none.`,
        `Keep one: ${record}`,
      ),
    ];
  const policy = { domain: found.domain, record, tags: found.tags };
  const isAligned = await areAligned(reader, policy, {
    ...domains,
    organization: findOrganization(walk, domain),
  });
  const fault = findFault(policy, domains, isAligned ? 'aligned' : 'apart');
  return [
    fault ?? passCheck(check, describePolicy(policy)),
    ...(await examineLogo(reader, domain, policy)),
  ];
}

function findFault(
  policy: Policy,
  domains: SendingDomains,
  identities: 'aligned' | 'apart',
): SetupFinding | null {
  const { tags, record } = policy;
  if (!/^(none|quarantine|reject)$/i.test(tags['p'] ?? ''))
    return warn(
      `the record of ${policy.domain} has no policy that receivers know: "${record}"`,
      'Write p=none, p=quarantine or p=reject into it.',
    );
  if (identities === 'apart')
    return warn(
      `mail from ${domains.domain} is neither signed for nor returned to that domain, so it fails DMARC${isStrict(policy) ? ' and is refused or put into junk' : ''}.`,
      `Sign for it: set DAYBRIEF_DKIM_DOMAIN=${domains.domain} and publish the keys of: daybrief dkim new`,
    );
  if ('pct' in tags)
    return warn(
      `the record of ${policy.domain} has pct=, which receivers no longer read (RFC 9989).`,
      'Take it out; t=y is for trying out a policy.',
    );
  return null;
}

/** Either the signature or the return path has to be the sender's: the same domain, or where the record allows it one of the same organization. */
async function areAligned(
  reader: DnsReader,
  { tags }: Policy,
  domains: SendingDomains & { readonly organization: string },
): Promise<boolean> {
  const { domain, signing, returnDomain, organization } = domains;
  const fits = async (other: string, mode: string | undefined): Promise<boolean> => {
    if (other === domain) return true;
    if (mode?.toLowerCase() === 's' || other === '') return false;
    return findOrganization((await walkDmarcTree(reader, other)) ?? [], other) === organization;
  };
  return (await fits(signing, tags['adkim'])) || (await fits(returnDomain, tags['aspf']));
}

function isStrict({ tags }: Policy): boolean {
  return /^(quarantine|reject)$/i.test(tags['p'] ?? '');
}

function describePolicy(policy: Policy): string {
  const { domain, record, tags } = policy;
  const next = isStrict(policy)
    ? ''
    : '; it only watches: p=quarantine or p=reject protects your name once the reports are clean';
  const missing =
    isStrict(policy) && !('np' in tags) ? '; np=reject would cover names that do not exist' : '';
  return `${domain} has "${record}"${next}${missing}`;
}

/** A logo is shown only for a domain whose policy is strict; most have none, and need none. */
async function examineLogo(
  reader: DnsReader,
  domain: string,
  policy: Policy,
): Promise<readonly SetupFinding[]> {
  const texts = await reader.readTexts(`default._bimi.${domain}`);
  const record = texts?.find((text) => /^v=BIMI1/i.test(text));
  if (!record) return [];
  if (isStrict(policy)) return [passCheck('BIMI', `${domain} has "${record}"`)];
  const message = `${domain} publishes a logo, but mailbox providers show it only where DMARC says p=quarantine or p=reject.`;
  return [
    { level: 'warning', check: 'BIMI', message, fix: 'Make the DMARC policy stricter first.' },
  ];
}

function warn(message: string, fix: string): SetupFinding {
  return { level: 'warning', check: 'DMARC', message, fix };
}
