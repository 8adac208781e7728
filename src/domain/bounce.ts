/** What a mail that came back is: only a bounce or a complaint ever changes anything. */
export type NoticeKind = 'bounce' | 'complaint' | 'auto-reply' | 'delay' | 'other';

/** `hard`: mailing this address again is useless. `soft`: this time only, or not the address's fault. */
export type BounceClass = 'hard' | 'soft' | 'unknown';

/** What a report says was done for a recipient (RFC 3464, section 2.3.3). */
export type ReportedAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export interface BouncedRecipient {
  /** The one we wrote to, as far as the report tells; null when it names nobody. */
  readonly address: string | null;
  /** Other names the report gives the same recipient: where the mail was forwarded to. */
  readonly aliases: readonly string[];
  readonly class: BounceClass;
  /** Why, in one word: `no-mailbox`, `no-domain`, `full`, `policy`, `too-large`, `rate`, `expired`, `network`, `system`, `unclear`. */
  readonly cause: string;
  /** RFC 3463, or null. */
  readonly status: string | null;
  readonly action: ReportedAction | null;
  /** One line, local parts of addresses masked. */
  readonly diagnostic: string | null;
}

/** What a mail or a webhook says became of one message of ours. Claims only, until checked against what was sent. */
export interface BounceNotice {
  readonly kind: NoticeKind;
  readonly recipients: readonly BouncedRecipient[];
  /** With angle brackets, or null. */
  readonly originalMessageId: string | null;
  /** What looks like the token of our return path (domain/bounce-token.ts), unverified. */
  readonly token: string | null;
  /** The envelope id (RFC 3461, section 4.4) the report gives back. */
  readonly envelopeId: string | null;
  /** Host or provider that says so. */
  readonly reportedBy: string | null;
  /** Why a notice that changes nothing is what it is, in words; null for bounces and complaints. */
  readonly note: string | null;
}
