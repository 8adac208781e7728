import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Published records by name: `s1._domainkey.example.org` → the text of its TXT record. */
export type KeyRecords = Readonly<Record<string, string>>;

/** Checks every DKIM signature of a message as RFC 6376 and 8463 tell a receiver to: one verdict per signature, by algorithm. */
export function verifyDkim(bytes: Uint8Array, records: KeyRecords): readonly string[] {
  const message = Buffer.from(bytes).toString('latin1');
  const split = message.indexOf('\r\n\r\n');
  const fields = message.slice(0, split + 2).match(/[^\r]+(?:\r\n[ \t][^\r]*)*\r\n/g) ?? [];
  const body = message.slice(split + 4);
  return fields
    .filter((field) => /^dkim-signature:/i.test(field))
    .map((field) => judge({ field, fields, body }, records));
}

function judge(
  signed: { field: string; fields: readonly string[]; body: string },
  records: KeyRecords,
): string {
  const tags = parseTags(signed.field.slice(signed.field.indexOf(':') + 1));
  const record = parseTags(records[`${tags['s']}._domainkey.${tags['d']}`] ?? '');
  const algorithm = tags['a'] ?? '';
  if (tags['c'] !== 'relaxed/simple') return `${algorithm}: unexpected form`;
  const simple = `${signed.body.replace(/(\r\n)*$/, '')}\r\n`;
  if (hash(simple) !== tags['bh']) return `${algorithm}: body changed`;
  const text = selectFields(signed.fields, tags['h'] ?? '') + relaxOwn(signed.field);
  const isRsa = algorithm === 'rsa-sha256';
  const data = isRsa ? Buffer.from(text, 'latin1') : Buffer.from(hash(text), 'base64');
  const key = readKey(isRsa, record['p'] ?? '');
  const signature = Buffer.from(tags['b'] ?? '', 'base64');
  const isGood = verify(isRsa ? 'sha256' : null, data, key, signature);
  return `${algorithm}: ${isGood ? 'pass' : 'headers changed'}`;
}

/** Each name takes the lowest field of it that is not taken yet, or nothing. */
function selectFields(fields: readonly string[], names: string): string {
  const left = [...fields];
  return names.split(':').reduce((text, name) => {
    const at = left.findLastIndex((field) => field.toLowerCase().startsWith(`${name}:`));
    return at < 0 ? text : text + relax(left.splice(at, 1)[0] ?? '');
  }, '');
}

function relax(field: string): string {
  const [, name = '', value = ''] = /^([^:]+):([^]*)$/.exec(field) ?? [];
  return `${name.toLowerCase()}:${value.replace(/\s+/g, ' ').trim()}\r\n`;
}

function relaxOwn(field: string): string {
  return relax(field.replace(/([;\s]b=)[^;]*/, '$1')).slice(0, -2);
}

function parseTags(text: string): Readonly<Record<string, string>> {
  const pairs = text.replace(/\s/g, '').split(';').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64');
}

function readKey(isRsa: boolean, published: string): KeyObject {
  const bytes = Buffer.from(published, 'base64');
  // The fixed start of an Ed25519 key in SPKI form (RFC 8410).
  const start = isRsa ? Buffer.alloc(0) : Buffer.from('302a300506032b6570032100', 'hex');
  return createPublicKey({ key: Buffer.concat([start, bytes]), format: 'der', type: 'spki' });
}
