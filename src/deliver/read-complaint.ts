import type { BounceNotice } from '../domain/bounce.ts';
import { listAddresses } from './find-recipients.ts';
import { readFeedbackReport } from './read-feedback-report.ts';
import { readHeader } from './read-mime.ts';
import type { ReturnedMail } from './read-returned-mail.ts';

/** Types of feedback (RFC 5965, section 7.3) in which a reader asks not to be mailed. */
const COMPLAINTS: readonly string[] = [
  'abuse',
  'fraud',
  'virus',
  'opt-out',
  'opt-out-list',
  'other',
  '',
];
const REDACTED = /redacted|^x+@|\*/i;

/** A reader's complaint, or null when the mail is none. */
export function readComplaint(
  mail: ReturnedMail,
): Pick<BounceNotice, 'kind' | 'recipients' | 'reportedBy' | 'note'> | null {
  const part = mail.leaves.find(({ type }) => type === 'message/feedback-report');
  const recipient = readHeader(mail.returned, 'x-hmxmroriginalrecipient');
  if (!part && recipient) return describe([recipient], 'Outlook');
  if (!part) return null;
  const report = readFeedbackReport(part.text);
  if (!COMPLAINTS.includes(report.type)) {
    const note = `a report of the type ${report.type.slice(0, 40)}, no complaint`;
    return { kind: 'other', recipients: [], reportedBy: report.reportedBy, note };
  }
  const to = listAddresses(readHeader(mail.returned, 'to'));
  const named = report.recipients.length > 0 ? report.recipients : recipient ? [recipient] : to;
  return describe(
    named.filter((address) => !REDACTED.test(address)),
    report.reportedBy,
  );
}

function describe(addresses: readonly string[], reportedBy: string | null) {
  const recipients = addresses.map((address) => ({
    address,
    aliases: [],
    class: 'unknown' as const,
    cause: 'complaint',
    status: null,
    action: null,
    diagnostic: null,
  }));
  return { kind: 'complaint' as const, recipients, reportedBy, note: null };
}
