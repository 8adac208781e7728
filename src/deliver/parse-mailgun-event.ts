import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BounceNotice } from '../domain/bounce.ts';
import { readMember, readText, writeNotice } from './write-notice.ts';

/** Mailgun: `event-data` of the events failed (permanent or temporary) and complained. */
export function parseMailgunEvent(body: unknown): readonly BounceNotice[] {
  const event = readMember(body, 'event-data');
  const name = readText(event, 'event');
  if (name !== 'failed' && name !== 'complained') return [];
  const isComplaint = name === 'complained';
  const isPermanent = readText(event, 'severity') === 'permanent';
  const status = readMember(event, 'delivery-status');
  return [
    writeNotice({
      kind: isComplaint ? 'complaint' : isPermanent ? 'bounce' : 'delay',
      provider: 'Mailgun',
      address: readText(event, 'recipient'),
      messageId: readText(event, 'message', 'headers', 'message-id'),
      status: readText(status, 'enhanced-code'),
      words: isComplaint ? '' : describeStatus(status),
      verdict: isComplaint ? 'unknown' : isPermanent ? 'hard' : 'soft',
    }),
  ];
}

function describeStatus(status: unknown): string {
  const words = readText(status, 'message') || readText(status, 'description');
  return `${readText(status, 'code')} ${words}`.trim();
}

/** True when the body is signed with this key: HMAC-SHA-256 of its timestamp and token. */
export function isMailgunSigned(body: unknown, key: string): boolean {
  const [timestamp, token, signature] = ['timestamp', 'token', 'signature'].map((name) =>
    readText(body, 'signature', name),
  );
  if (!timestamp || !token || !signature) return false;
  const right = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
  const [a, b] = [Buffer.from(right), Buffer.from(signature)];
  return a.length === b.length && timingSafeEqual(a, b);
}
