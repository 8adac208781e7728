import { verify } from 'node:crypto';
import type { BounceClass, BounceNotice, NoticeKind } from '../domain/bounce.ts';
import { readText, writeNotice } from './write-notice.ts';

/** SendGrid: a list of events; bounce (or blocked), dropped, deferred and spamreport count. */
export function parseSendgridEvents(body: unknown): readonly BounceNotice[] {
  if (!Array.isArray(body)) return [];
  return (body as unknown[]).slice(0, 5_000).flatMap((event) => {
    const kind = chooseKind(event);
    if (kind === null) return [];
    const words =
      kind === 'complaint' ? '' : readText(event, 'reason') || readText(event, 'response');
    return [
      writeNotice({
        kind,
        provider: 'SendGrid',
        address: readText(event, 'email'),
        messageId: readText(event, 'smtp-id'),
        status: readText(event, 'status'),
        words,
        verdict: chooseVerdict(event, kind),
      }),
    ];
  });
}

function chooseKind(event: unknown): NoticeKind | null {
  const name = readText(event, 'event');
  if (name === 'spamreport') return 'complaint';
  if (name === 'deferred') return 'delay';
  if (name === 'bounce') return 'bounce';
  // Dropped: it was not even tried, because of an earlier bounce, complaint or their own rules.
  const reason = readText(event, 'reason').toLowerCase();
  return name === 'dropped' && reason.startsWith('bounced') ? 'bounce' : null;
}

function chooseVerdict(event: unknown, kind: NoticeKind): BounceClass {
  if (kind === 'complaint') return 'unknown';
  return kind === 'bounce' && readText(event, 'type') !== 'blocked' ? 'hard' : 'soft';
}

/** True when a webhook is signed with SendGrid's key for it: ECDSA over the timestamp and the body as it came (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features). */
export function isSendgridSigned(
  webhook: { readonly text: string; readonly header: (name: string) => string | undefined },
  key: string,
): boolean {
  const [signature, timestamp] = ['signature', 'timestamp'].map((name) =>
    webhook.header(`x-twilio-email-event-webhook-${name}`),
  );
  if (!signature || !timestamp) return false;
  try {
    const publicKey = { key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' } as const;
    const signed = Buffer.from(`${timestamp}${webhook.text}`);
    return verify('sha256', signed, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false; // no key of the right kind
  }
}
