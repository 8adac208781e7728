import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import { makeSigningKeys, parseSigningKey, renderKeyRecord } from '../deliver/signing-keys.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { locateKey, nameSecondSelector } from './load-signer.ts';

/** New keys and what must be published before they are used. */
export interface DkimKeys {
  readonly domain: string;
  readonly selector: string;
  readonly records: readonly DkimRecord[];
}

/** A TXT record; a string of it has at most 255 bytes, and receivers join them. */
interface DkimRecord {
  readonly name: string;
  readonly strings: readonly string[];
  /** The private key it belongs to. */
  readonly file: string;
}

/**
 * Makes an RSA and an Ed25519 key for signing mail, readable by their owner only, and returns the DNS records to publish.
 * Throws BriefingError: `conflict` where a key lies already, `invalid` for a name no record can have.
 */
export async function makeDkimKeys(
  app: App,
  wish: { readonly domain?: string; readonly selector?: string },
): Promise<DkimKeys> {
  const selector = wish.selector ?? app.settings.mail.dkimSelector;
  const domain = wish.domain ?? (app.settings.mail.dkimDomain || (await findSenderDomain(app)));
  refuseNames(domain, selector);
  const pems = makeSigningKeys();
  const keys = [
    { selector, pem: pems.rsa },
    { selector: nameSecondSelector(selector), pem: pems.ed25519 },
  ];
  const taken = keys.map((key) => locateKey(app.settings, key.selector)).find(existsSync);
  if (taken) {
    throw new BriefingError(
      'conflict',
      `There is a DKIM key already: ${taken}. To change keys, make new ones beside it with another --selector, publish them, and set it.`,
    );
  }
  const records = keys.map((key) => saveKey(app, domain, key));
  app.log.info('dkim.keys_made', { domain, selector });
  return { domain, selector, records };
}

function saveKey(app: App, domain: string, key: { selector: string; pem: string }): DkimRecord {
  const file = locateKey(app.settings, key.selector);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, key.pem, { mode: 0o600, flag: 'wx' });
  const parsed = parseSigningKey(key.pem);
  const name = `${key.selector}._domainkey.${domain}`;
  return { name, strings: parsed ? renderKeyRecord(parsed) : [], file };
}

async function findSenderDomain(app: App): Promise<string> {
  const newsletters = await listNewsletters(app.store);
  const domains = new Set(newsletters.map(({ sender }) => sender.address.split('@').at(-1) ?? ''));
  const [domain] = domains;
  if (domain && domains.size === 1) return domain;
  throw new BriefingError(
    'invalid',
    `The newsletters are sent from ${domains.size} domains, so it is not clear which one signs. Say which with --domain.`,
  );
}

function refuseNames(domain: string, selector: string): void {
  const isGood = [domain, selector].every((name) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name));
  if (isGood && domain.includes('.')) return;
  throw new BriefingError(
    'invalid',
    `A DKIM domain looks like example.org and a selector like s1: small letters, digits, dots and hyphens. Correct --domain or --selector.`,
  );
}
