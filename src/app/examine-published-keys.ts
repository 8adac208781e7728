import { existsSync, readFileSync } from 'node:fs';
import type { DnsReader } from '../deliver/open-dns-reader.ts';
import { parseSigningKey, renderKeyRecord } from '../deliver/signing-keys.ts';
import type { App } from './app.ts';
import { locateKey, nameSecondSelector } from './load-signer.ts';
import { leaveCheck, passCheck, type SetupFinding } from './setup-finding.ts';

/** Whether the DNS has the public half of each key that signs (RFC 6376); nothing to find while none does. */
export async function examinePublishedKeys(
  app: App,
  reader: DnsReader,
): Promise<readonly SetupFinding[]> {
  const { dkimDomain, dkimSelector } = app.settings.mail;
  if (dkimDomain === '') return [];
  const selectors = [dkimSelector, nameSecondSelector(dkimSelector)];
  const findings = selectors.map((selector) => {
    const file = locateKey(app.settings, selector);
    const key = existsSync(file) ? parseSigningKey(readFileSync(file, 'utf8')) : null;
    const name = `${selector}._domainkey.${dkimDomain}`;
    return key ? [examineKey(reader, name, renderKeyRecord(key))] : [];
  });
  return await Promise.all(findings.flat());
}

async function examineKey(
  reader: DnsReader,
  name: string,
  strings: readonly string[],
): Promise<SetupFinding> {
  const check = 'DKIM';
  const texts = await reader.readTexts(name);
  if (texts === null) return leaveCheck(check, `${name} could not be read.`);
  const own = readKey(strings.join(''));
  if (texts.length === 1 && readKey(texts[0] ?? '') === own)
    return passCheck(check, `${name} has the key that signs`);
  const message =
    texts.length === 0
      ? `${name} does not exist, so no receiver can check the signatures.`
      : texts.length > 1
        ? `${name} has ${texts.length} records, and receivers may read any of them.`
        : `${name} has another key than the one that signs, so every signature fails.`;
  const record = strings.map((string) => `"${string}"`).join(' ');
  return { level: 'failed', check, message, fix: `Publish: ${name}. IN TXT ( ${record} )` };
}

/** The key itself, without the spaces people and panels put into it. */
function readKey(record: string): string {
  return /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '') ?? '';
}
