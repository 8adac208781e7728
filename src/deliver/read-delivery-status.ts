import type { ReportedAction } from '../domain/bounce.ts';
import { splitHeaders, readHeader, type Headers } from './read-mime.ts';

/** What a delivery status notification says of one recipient, as written. */
export interface ReportedRecipient {
  /** Addresses the report gives, what we wrote to first. */
  readonly addresses: readonly string[];
  readonly action: ReportedAction | null;
  readonly status: string | null;
  readonly diagnostic: string;
}

/** The fields of a delivery status notification (RFC 3464). */
export interface DeliveryStatus {
  readonly recipients: readonly ReportedRecipient[];
  readonly reportedBy: string | null;
  readonly envelopeId: string | null;
  readonly messageId: string | null;
}

const MOST_GROUPS = 200;
const ACTIONS: readonly ReportedAction[] = [
  'failed',
  'delayed',
  'delivered',
  'relayed',
  'expanded',
];
const ADDRESS = /[^\s<>;:,"'()[\]]{1,200}@[^\s<>;:,"'()[\]]{1,255}/;

/** Reads the fields of a delivery status, also where they stand in plain text among other lines; null when no recipient is named. */
export function readDeliveryStatus(text: string): DeliveryStatus | null {
  if (!/^[ \t]*(?:final|original)-recipient[ \t]*:/im.test(text)) return null;
  const plain = text.replace(/^[ \t]+(?=[a-z-]{5,30}[ \t]*:)/gim, '');
  const groups = plain.split(/\n[ \t]*\n/, MOST_GROUPS).map((group) => splitHeaders(group).headers);
  const recipients = groups.flatMap((group) => readRecipient(group) ?? []);
  if (recipients.length === 0) return null;
  const find = (name: string): string =>
    groups.map((group) => readHeader(group, name)).find((value) => value !== '') ?? '';
  const host = find('reporting-mta')
    .replace(/^[\w-]{1,20}\s*;\s*/, '')
    .split(/[\s(]/)[0];
  return {
    recipients,
    reportedBy: host || null,
    envelopeId: find('original-envelope-id') || null,
    messageId: /<[^<>\s]{3,300}>/.exec(find('x-original-message-id'))?.[0] ?? null,
  };
}

function readRecipient(fields: Headers): ReportedRecipient | null {
  const written = ['original-recipient', 'x-actual-recipient', 'final-recipient'].map((name) =>
    readHeader(fields, name),
  );
  if (!fields.has('final-recipient') && !fields.has('original-recipient')) return null;
  const [original = '', actual = '', final = ''] = written.map(readAddress);
  const action = /[a-z]+/.exec(readHeader(fields, 'action').toLowerCase())?.[0];
  const codes = fields.get('diagnostic-code') ?? [];
  const extra = readHeader(fields, 'x-supplementary-info');
  return {
    addresses: [original, final, actual].filter((address) => address !== ''),
    action: ACTIONS.find((known) => known === action) ?? null,
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(readHeader(fields, 'status'))?.[0] ?? null,
    diagnostic: [...codes, extra]
      .map((code) => code.replace(/^[\w-]{1,20}\s*;\s*/, ''))
      .join(' ')
      .trim(),
  };
}

/** `rfc822; ada@example.org`, `rfc822;<ada@example.org>`, an xtext (RFC 3461) or a group of an old gateway. */
function readAddress(value: string): string {
  const bare = value
    .replace(/^\s*[\w-]{1,20}\s*;/, '')
    .replace(/\+([0-9A-F]{2})(?=[^@]*@)/g, (whole, hex: string) =>
      hex === '2B' || hex === '3D' ? String.fromCharCode(parseInt(hex, 16)) : whole,
    );
  return (
    ADDRESS.exec(bare)?.[0]
      .replace(/^mailto:/i, '')
      .replace(/\.$/, '') ?? ''
  );
}
