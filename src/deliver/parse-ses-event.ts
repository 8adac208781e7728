import type { BounceNotice } from '../domain/bounce.ts';
import { readList, readMember, readText, writeNotice } from './write-notice.ts';

/**
 * Amazon SES, through an SNS envelope (its `Message` is JSON in a string) or bare: Bounce, Complaint and DeliveryDelay,
 * as notification (`notificationType`) or event (`eventType`).
 */
export function parseSesEvent(body: unknown): readonly BounceNotice[] {
  const event = readText(body, 'Message') === '' ? body : parseInner(readText(body, 'Message'));
  const type = readText(event, 'notificationType') || readText(event, 'eventType');
  const messageId = findMessageId(event);
  const common = { provider: 'Amazon SES', messageId };
  if (type === 'Complaint') {
    const type = readText(event, 'complaint', 'complaintFeedbackType');
    if (type === 'not-spam') return [];
    return readList(event, 'complaint', 'complainedRecipients').map((one) =>
      writeNotice({
        ...common,
        kind: 'complaint',
        address: readText(one, 'emailAddress'),
        status: '',
        words: '',
        verdict: 'unknown',
      }),
    );
  }
  if (type === 'Bounce') {
    const verdict = readText(event, 'bounce', 'bounceType') === 'Permanent' ? 'hard' : 'soft';
    return readList(event, 'bounce', 'bouncedRecipients').map((one) =>
      writeNotice({ ...common, kind: 'bounce', verdict, ...readRecipient(one) }),
    );
  }
  if (type !== 'DeliveryDelay') return [];
  return readList(event, 'deliveryDelay', 'delayedRecipients').map((one) =>
    writeNotice({ ...common, kind: 'delay', verdict: 'soft', ...readRecipient(one) }),
  );
}

/** The address SNS wants visited before it sends anything; null when the body is no such question. */
export function findSubscribeUrl(body: unknown): string | null {
  const isAsking = readText(body, 'Type') === 'SubscriptionConfirmation';
  return isAsking ? readText(body, 'SubscribeURL') : null;
}

/** True for an address of Amazon's own notification service: nothing else is ever visited because a webhook said so. */
export function isSnsUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?$/.test(hostname)
  );
}

function readRecipient(one: unknown): { address: string; status: string; words: string } {
  const words = readText(one, 'diagnosticCode').replace(/^[\w-]{1,20}\s*;\s*/, '');
  return { address: readText(one, 'emailAddress'), status: readText(one, 'status'), words };
}

/** Our own Message-ID is among the headers: SES replaces it only when it has to. */
function findMessageId(event: unknown): string {
  const named = readList(event, 'mail', 'headers').find(
    (header) => readText(header, 'name').toLowerCase() === 'message-id',
  );
  return (
    readText(named, 'value') || readText(readMember(event, 'mail', 'commonHeaders'), 'messageId')
  );
}

function parseInner(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
