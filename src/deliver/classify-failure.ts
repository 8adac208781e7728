import type { BounceClass, ReportedAction } from '../domain/bounce.ts';
import { FAILURE_PHRASES } from './failure-phrases.ts';

/** What a report says about one failure, as written. */
export interface FailureEvidence {
  /** RFC 3463; null when there is none. */
  readonly status: string | null;
  readonly action: ReportedAction | null;
  /** The server's words, best first; later ones are asked only when the earlier say nothing. */
  readonly texts: readonly string[];
}

/** A failure judged: `cause` as in BouncedRecipient. */
export interface ClassifiedFailure {
  readonly class: BounceClass;
  readonly cause: string;
  readonly status: string | null;
}

const READ = 3_000;
const HARD_CAUSES: readonly string[] = ['no-mailbox', 'no-domain'];

/** Causes by enhanced status (RFC 3463 and its registry); 5.7.x is about the sender or the content, and 5.2.2 about today. */
const STATUS_CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^\d\.1\.(?:[136]|10)$/, 'no-mailbox'],
  [/^\d\.1\.2$/, 'no-domain'],
  [/^\d\.1\.(?:7|8)$/, 'policy'],
  [/^\d\.2\.1$/, 'no-mailbox'],
  [/^\d\.2\.2$/, 'full'],
  [/^\d\.(?:2\.3|3\.4)$/, 'too-large'],
  [/^\d\.3\./, 'system'],
  [/^5\.4\.(?:4|310)$/, 'no-domain'],
  [/^\d\.4\.(?:6|14)$/, 'system'],
  [/^\d\.4\.7$/, 'expired'],
  [/^\d\.4\./, 'network'],
  [/^\d\.[67]\./, 'policy'],
];

/**
 * Whether an address is dead (`hard`) or only this message failed (`soft`): the server's words decide before its status,
 * because 5.x.x stands for anything; a 4.x.x never proves an address dead.
 */
export function classifyFailure(evidence: FailureEvidence): ClassifiedFailure {
  const texts = evidence.texts.map((text) => clean(text)).filter((text) => text !== '');
  const status = chooseStatus(evidence.status, texts);
  const cause = chooseCause(status, texts);
  if (cause === null) {
    const hasSaidSomething = status !== null || texts.some((text) => findReplyCode(text) !== null);
    return { class: hasSaidSomething ? 'soft' : 'unknown', cause: 'unclear', status };
  }
  const isForNow = status !== null ? status.startsWith('4') : isTemporary(texts);
  const isHard = HARD_CAUSES.includes(cause) && !isForNow;
  return { class: isHard ? 'hard' : 'soft', cause, status };
}

/** The field of the report, unless it is missing or says no more than "failed" (5.0.0) and the server's reply says more. */
function chooseStatus(field: string | null, texts: readonly string[]): string | null {
  const [first = ''] = texts;
  const written = findStatus(first);
  if (field === null) return written ?? texts.map(findStatus).find(Boolean) ?? null;
  if (written === null) return isOnlyRefusal(field, first) ? `5${field.slice(1)}` : field;
  const isVague = /^\d\.(?:0\.0|5\.0|4\.[07]|3\.0)$/.test(field);
  return isVague || (field.startsWith('4') && written.startsWith('5')) ? written : field;
}

/** Some servers write 4.x beside a final 5xx reply. */
function isOnlyRefusal(field: string, text: string): boolean {
  return field.startsWith('4') && (findReplyCode(text) ?? 0) >= 500;
}

function chooseCause(status: string | null, texts: readonly string[]): string | null {
  const byStatus = STATUS_CAUSES.find(([pattern]) => status !== null && pattern.test(status))?.[1];
  // The first text is the server's own; of longer ones only what the status does not contradict.
  const [first = '', ...others] = texts;
  const said = findCause(first);
  if (said !== null) return weigh(said, byStatus ?? null);
  if (byStatus) return byStatus;
  return others.map(findCause).find((cause) => cause !== null) ?? null;
}

/** Words win over a status, except that the few words of the broad causes lose to a status that names an address. */
function weigh(said: string, byStatus: string | null): string {
  const isBroad = ['policy', 'expired', 'network', 'system'].includes(said);
  return isBroad && byStatus !== null && HARD_CAUSES.includes(byStatus) && said !== 'policy'
    ? byStatus
    : said;
}

function findCause(text: string): string | null {
  return FAILURE_PHRASES.find(({ phrases }) => phrases.test(text))?.cause ?? null;
}

/** Without a status: a 4xx reply, or words that say it may work later. */
function isTemporary(texts: readonly string[]): boolean {
  const [first = ''] = texts;
  const code = findReplyCode(first);
  if (code !== null) return code < 500;
  return /try again|temporar|retry|could not be delivered (?:for|within)|#4\.\d/.test(first);
}

/** Enhanced status codes as servers write them: `5.1.1`, `#5.1.1`, `(#5.1.1)`; never part of an IP address or a version. */
function findStatus(text: string): string | null {
  return /(?<![\d.])([45]\.\d{1,2}\.\d{1,3})(?![\d]|\.\d)/.exec(text)?.[1] ?? null;
}

function findReplyCode(text: string): number | null {
  const match = /(?<![\d.#:(])\b([45][0-5]\d)(?=[\s\-:]|$)/.exec(text);
  return match ? Number(match[1]) : null;
}

/** Lower case, one line, addresses and links cut: `spam@example.org is unknown` is about no spam. */
function clean(text: string): string {
  return text
    .slice(0, READ)
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/https?:\/\/\S{1,300}/g, ' ')
    .replace(/[^\s<>:;"'(]{1,100}@[\w.-]{1,255}/g, '@')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
