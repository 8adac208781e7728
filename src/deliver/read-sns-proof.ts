import { verify, X509Certificate } from 'node:crypto';
import { isSnsUrl } from './parse-ses-event.ts';
import { readText } from './write-notice.ts';

/** What Amazon SNS shows with a message to prove that it is from one topic (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). */
export interface SnsProof {
  readonly topic: string;
  /** Where its certificate is; always an address of SNS itself. */
  readonly certificateUrl: string;
  readonly isProvedBy: (certificate: string) => boolean;
}

const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const QUESTION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
/** The fields that are signed, by the type of the message. */
const SIGNED = new Map([
  ['Notification', NOTIFICATION],
  ['SubscriptionConfirmation', QUESTION],
]);
const ALGORITHMS = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);

/** The proof in a webhook's body; null when there is none, or when its certificate would be somebody else's. */
export function readSnsProof(body: unknown): SnsProof | null {
  const fields = SIGNED.get(readText(body, 'Type'));
  const algorithm = ALGORITHMS.get(readText(body, 'SignatureVersion'));
  const certificateUrl = readText(body, 'SigningCertURL');
  if (!fields || !algorithm || !isCertificateUrl(certificateUrl)) return null;
  const present = fields.filter((name) => name !== 'Subject' || readText(body, name) !== '');
  const text = present.map((name) => `${name}\n${readText(body, name)}\n`).join('');
  const signature = Buffer.from(readText(body, 'Signature'), 'base64');
  return {
    topic: readText(body, 'TopicArn'),
    certificateUrl,
    isProvedBy: (certificate) => isSignedBy(certificate, { algorithm, text, signature }),
  };
}

function isCertificateUrl(url: string): boolean {
  return isSnsUrl(url) && /^\/SimpleNotificationService-\w{1,64}\.pem$/.test(new URL(url).pathname);
}

function isSignedBy(
  certificate: string,
  signed: { algorithm: string; text: string; signature: Buffer },
): boolean {
  try {
    const { publicKey } = new X509Certificate(certificate);
    return verify(signed.algorithm, Buffer.from(signed.text), publicKey, signed.signature);
  } catch {
    return false; // no certificate at all
  }
}
