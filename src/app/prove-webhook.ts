import { isMailgunSigned } from '../deliver/parse-mailgun-event.ts';
import { isSendgridSigned } from '../deliver/parse-sendgrid-events.ts';
import type { Provider } from '../deliver/parse-webhook.ts';
import { readSnsProof } from '../deliver/read-sns-proof.ts';
import { SECOND } from '../domain/instant.ts';
import type { App } from './app.ts';

/** A webhook as it came. */
export interface IncomingWebhook {
  readonly provider: Provider;
  /** The body's bytes as text, and what they say as JSON. */
  readonly text: string;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
}

const MOST_CERTIFICATE_BYTES = 20_000;

/** True when any webhook may be taken: a token or one provider's own proof is set. */
export function takesWebhooks({ settings }: App): boolean {
  const { webhookToken, sendgridKey, snsTopic } = settings.bounces;
  return webhookToken.reveal() !== '' || sendgridKey !== '' || snsTopic !== '';
}

/** True when a webhook is signed as its provider signs: Mailgun with the webhook token, SendGrid with its key, Amazon SNS for our topic. */
export async function isSigned(app: App, webhook: IncomingWebhook): Promise<boolean> {
  const { webhookToken, sendgridKey, snsTopic } = app.settings.bounces;
  const key = webhookToken.reveal();
  switch (webhook.provider) {
    case 'mailgun':
      return key !== '' && isMailgunSigned(webhook.body, key);
    case 'sendgrid':
      return sendgridKey !== '' && isSendgridSigned(webhook, sendgridKey);
    case 'ses':
      return snsTopic !== '' && (await isFromTopic(webhook.body, snsTopic));
    case 'postmark':
      return false;
  }
}

/** Anybody may have a topic, so only ours counts; the certificate is fetched last, from Amazon alone, through the guard. */
async function isFromTopic(body: unknown, topic: string): Promise<boolean> {
  const proof = readSnsProof(body);
  if (proof?.topic !== topic) return false;
  const certificate = await fetchCertificate(proof.certificateUrl);
  return certificate !== null && proof.isProvedBy(certificate);
}

async function fetchCertificate(url: string): Promise<string | null> {
  const { openFetchGuard } = await import('../gather/open-fetch-guard.ts');
  const guard = openFetchGuard({ allow: [], userAgent: 'daybrief' });
  try {
    const signal = AbortSignal.timeout(10 * SECOND);
    const { statusCode, body } = await guard.fetchOnce(url, { headers: {}, signal });
    let text = '';
    for await (const chunk of body) {
      text += String(chunk);
      if (text.length > MOST_CERTIFICATE_BYTES) return null;
    }
    return statusCode === 200 ? text : null;
  } catch {
    return null;
  } finally {
    await guard.close();
  }
}
