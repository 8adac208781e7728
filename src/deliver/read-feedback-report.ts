import { readHeader, splitHeaders } from './read-mime.ts';

/** The fields of a feedback report (RFC 5965). */
export interface FeedbackReport {
  /** `abuse`, `fraud`, `opt-out`, `not-spam`, `auth-failure`, … */
  readonly type: string;
  /** Original-Rcpt-To; empty when the provider redacts it. */
  readonly recipients: readonly string[];
  readonly reportedBy: string | null;
}

const ADDRESS = /[^\s<>;:,"'()[\]]{1,200}@[^\s<>;:,"'()[\]]{1,255}/;

/** Reads a message/feedback-report part. */
export function readFeedbackReport(text: string): FeedbackReport {
  const { headers } = splitHeaders(text.trimStart());
  const written = ['original-rcpt-to', 'removal-recipient'].flatMap(
    (name) => headers.get(name) ?? [],
  );
  const recipients = written.flatMap((value) => ADDRESS.exec(value)?.[0] ?? []);
  return {
    type: readHeader(headers, 'feedback-type').toLowerCase(),
    recipients: recipients.filter((address) => !/^(?:redacted|x+|\*+)@|redacted/i.test(address)),
    reportedBy:
      readHeader(headers, 'reporting-mta').replace(/^[\w-]{1,20}\s*;\s*/, '') ||
      readHeader(headers, 'user-agent') ||
      null,
  };
}
