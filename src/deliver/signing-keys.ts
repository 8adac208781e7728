import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  verify,
  createHash,
  type KeyObject,
} from 'node:crypto';
import { signText } from './open-signer.ts';

const LEAST_BITS = 2_048;
const RECORD_STRING = /.{1,255}/g;

/** New private keys in PEM (PKCS #8): RSA, which every receiver checks, and Ed25519, which some prefer. */
export function makeSigningKeys(): { readonly rsa: string; readonly ed25519: string } {
  const format = { type: 'pkcs8', format: 'pem' } as const;
  return {
    rsa: String(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export(format)),
    ed25519: String(generateKeyPairSync('ed25519').privateKey.export(format)),
  };
}

/** The private key in a PEM text, or null when there is none in it. */
export function parseSigningKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** Why mail cannot be signed with this key, or null when a sample signature proves that it can. */
export async function findKeyFault(key: KeyObject): Promise<string | null> {
  const isRsa = key.asymmetricKeyType === 'rsa';
  if (!isRsa && key.asymmetricKeyType !== 'ed25519')
    return `it is a key of the kind "${key.asymmetricKeyType}", and DKIM knows RSA and Ed25519`;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (isRsa && bits < LEAST_BITS)
    return `it has ${bits} bits, and receivers want ${LEAST_BITS} or more`;
  const sample = 'from:sample@example.org\r\n';
  const data = isRsa ? Buffer.from(sample) : createHash('sha256').update(sample).digest();
  const signature = Buffer.from(await signText(key, sample), 'base64');
  const isProven = verify(isRsa ? 'sha256' : null, data, createPublicKey(key), signature);
  return isProven ? null : 'a sample signed with it does not match its public half';
}

/** The TXT record that publishes a key's public half (RFC 6376, section 3.6; RFC 8463, section 4), in strings of at most 255 bytes. */
export function renderKeyRecord(key: KeyObject): readonly string[] {
  const publicKey = createPublicKey(key);
  const isRsa = key.asymmetricKeyType === 'rsa';
  const der = publicKey.export({ type: 'spki', format: 'der' });
  // RFC 8463: the bare 32 bytes, which are the end of the SPKI form.
  const bytes = isRsa ? der : der.subarray(-32);
  const record = `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${bytes.toString('base64')}`;
  return record.match(RECORD_STRING) ?? [];
}
