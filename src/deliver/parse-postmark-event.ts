import type { BounceClass, BounceNotice } from '../domain/bounce.ts';
import { readText, writeNotice } from './write-notice.ts';

/** Postmark's types of bounce that mean a dead address; its others pass, or are about the mail. */
const HARD: readonly string[] = ['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'];
const NO_BOUNCES: readonly string[] = [
  'AutoResponder',
  'ChallengeVerification',
  'OpenRelayTest',
  'Subscribe',
  'Unsubscribe',
  'AddressChange',
  'Unconfirmed',
];

/** Postmark: RecordType Bounce and SpamComplaint. */
export function parsePostmarkEvent(body: unknown): readonly BounceNotice[] {
  const record = readText(body, 'RecordType');
  const type = readText(body, 'Type');
  const isComplaint = record === 'SpamComplaint' || type === 'SpamComplaint';
  if (!isComplaint && (record !== 'Bounce' || NO_BOUNCES.includes(type))) return [];
  const verdict: BounceClass = HARD.includes(type) ? 'hard' : 'soft';
  return [
    writeNotice({
      kind: isComplaint ? 'complaint' : 'bounce',
      provider: 'Postmark',
      address: readText(body, 'Email'),
      messageId: readText(body, 'Metadata', 'message-id'),
      status: '',
      words: isComplaint ? '' : readText(body, 'Details') || readText(body, 'Description'),
      verdict: isComplaint ? 'unknown' : verdict,
    }),
  ];
}
