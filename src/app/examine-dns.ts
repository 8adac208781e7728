import { domainToASCII } from 'node:url';
import { isIP } from 'node:net';
import { judgeSpf, listSpfRecords } from '../deliver/judge-spf.ts';
import { openDnsReader, type DnsReader } from '../deliver/open-dns-reader.ts';
import { parseTransportUrl } from '../deliver/parse-transport-url.ts';
import { SECOND } from '../domain/instant.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { examineDmarc } from './examine-dmarc.ts';
import { examinePublishedKeys } from './examine-published-keys.ts';
import { leaveCheck, passCheck, type SetupFinding } from './setup-finding.ts';

const LIMIT = 5 * SECOND;

/**
 * Reads what the DNS says about the domains mail is sent from: who may send, which keys sign, what receivers should do with the
 * rest. For five seconds at most; nothing to find while mail goes nowhere but to this machine.
 */
export async function examineDns(app: App): Promise<readonly SetupFinding[]> {
  const hosts = app.settings.mail.transports.flatMap(({ url }) => findMailServer(url.reveal()));
  if (hosts.length === 0) return [];
  const senders = (await listNewsletters(app.store)).map(({ sender }) =>
    readDomain(sender.address),
  );
  const reader = openDnsReader({ server: app.settings.mail.dnsServer, limitMs: LIMIT });
  try {
    const domains = [...new Set(senders)];
    const about = domains.map((domain) => examineDomain(app, reader, { domain, hosts }));
    const findings = await Promise.all([...about, examinePublishedKeys(app, reader)]);
    return findings.flat();
  } finally {
    reader.close();
  }
}

/** The host mail leaves through; none when it stays here, or when the address is no use: another check says so. */
function findMailServer(url: string): readonly string[] {
  if (!/^smtps?:/.test(url)) return [];
  try {
    const server = parseTransportUrl(url);
    return server.kind === 'smtp' ? [server.host] : [];
  } catch {
    return [];
  }
}

async function examineDomain(
  app: App,
  reader: DnsReader,
  { domain, hosts }: { domain: string; hosts: readonly string[] },
): Promise<readonly SetupFinding[]> {
  const { address } = app.settings.bounces;
  const returnDomain = address === '' ? domain : readDomain(address);
  const signing = app.settings.mail.dkimDomain;
  const findings = await Promise.all([
    examineReplies(reader, domain),
    ...hosts.map((host) => examineSpf(reader, { domain: returnDomain, host })),
    examineDmarc(reader, { domain, signing, returnDomain }),
  ]);
  return findings.flat();
}

/** Replies and complaints come to the sender's domain, and receivers distrust one that takes none. */
async function examineReplies(reader: DnsReader, domain: string): Promise<SetupFinding> {
  const check = 'sender domain';
  const hosts = await reader.readMailHosts(domain);
  if (hosts === null) return leaveCheck(check, `the MX records of ${domain} could not be read.`);
  const [first] = hosts;
  if (first) return passCheck(check, `${domain} takes mail at ${first}`);
  if (first === undefined && ((await reader.readAddresses(domain))?.length ?? 0) > 0)
    return passCheck(check, `${domain} takes mail at its own address; it has no MX record`);
  return {
    level: 'warning',
    check,
    message: `${domain} takes no mail, so replies and complaints are lost and many receivers refuse what it sends.`,
    fix: `Publish where it takes mail: ${domain}. IN MX 10 mail.${domain}.`,
  };
}

/** Receivers ask the domain of the return path whether this server may send for it (RFC 7208). */
async function examineSpf(
  reader: DnsReader,
  { domain, host }: { domain: string; host: string },
): Promise<SetupFinding> {
  const check = 'SPF';
  const texts = await reader.readTexts(domain);
  if (texts === null) return leaveCheck(check, `the SPF record of ${domain} could not be read.`);
  const [record, ...others] = listSpfRecords(texts);
  const warn = (message: string, fix: string): SetupFinding => ({
    level: 'warning',
    check,
    message,
    fix,
  });
  if (!record)
    return warn(
      `${domain} does not say who may send for it.`,
      `Publish what your mail provider names, or for a server of your own: ${domain}. IN TXT "v=spf1 ${nameHost(host)} ~all"`,
    );
  if (others.length > 0)
    return warn(
      `${domain} has ${others.length + 1} SPF records, and receivers then believe none.`,
      `Make one of them: ${record}`,
    );
  const addresses = isIP(host) ? [host] : ((await reader.readAddresses(host)) ?? []);
  const isLocal = addresses.every((one) => one === '::1' || one.startsWith('127.'));
  const verdict = isLocal ? 'unknown' : await judgeSpf(reader, { domain, record }, addresses);
  if (verdict === 'refused')
    return warn(
      `${domain} does not name ${host}, where mail leaves to: "${record}"`,
      `If it sends to the world itself, add to the record: ${nameHost(host)}. A provider that sends from other servers tells you what to include.`,
    );
  const isSure =
    verdict === 'allowed' ? `and names ${host}` : `whether it names ${host} is not clear from here`;
  return passCheck(check, `${domain} says who may send for it, ${isSure}: "${record}"`);
}

function nameHost(host: string): string {
  const family = isIP(host);
  return family === 0 ? `a:${host}` : `ip${family}:${host}`;
}

function readDomain(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1));
}
