import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { openSigner, type Signer, type SigningKey } from '../deliver/open-signer.ts';
import { findKeyFault, parseSigningKey } from '../deliver/signing-keys.ts';

/**
 * What signs outgoing mail (DKIM), or null when no DKIM domain is set. Every key has made a sample signature that its public half
 * confirms. Throws BriefingError `unavailable` when one is missing or cannot: mail must not go out unsigned without a word.
 */
export async function loadSigner(settings: Settings): Promise<Signer | null> {
  const { dkimDomain, dkimSelector } = settings.mail;
  if (dkimDomain === '') return null;
  const keys = [await loadKey(settings, dkimSelector)];
  const second = nameSecondSelector(dkimSelector);
  if (existsSync(locateKey(settings, second))) keys.push(await loadKey(settings, second));
  return openSigner(dkimDomain, keys);
}

/** The Ed25519 key has a selector of its own: receivers want one record per key (RFC 8463, section 5). */
export function nameSecondSelector(selector: string): string {
  return `${selector}-ed25519`;
}

/** Where the private key of a selector lies. */
export function locateKey(settings: Settings, selector: string): string {
  return join(settings.data, 'dkim', `${selector}.pem`);
}

async function loadKey(settings: Settings, selector: string): Promise<SigningKey> {
  const file = locateKey(settings, selector);
  const key = existsSync(file) ? parseSigningKey(readFileSync(file, 'utf8')) : null;
  const fault = key ? await findKeyFault(key) : describeAbsence(file);
  if (key && !fault) return { selector, key };
  throw new BriefingError(
    'unavailable',
    `Mail cannot be signed for ${settings.mail.dkimDomain}, so none is sent: the DKIM key ${file} is no use, ${fault}. Put the right file back, or make new keys with: daybrief dkim new --selector NAME`,
  );
}

function describeAbsence(file: string): string {
  return existsSync(file) ? 'there is no private key in it' : 'there is no such file';
}
