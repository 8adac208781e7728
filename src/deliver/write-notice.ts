import type { BounceClass, BounceNotice, NoticeKind } from '../domain/bounce.ts';
import { classifyFailure } from './classify-failure.ts';
import { normalizeReply } from './normalize-reply.ts';

/** What a provider's event says of one recipient. */
export interface ProviderEvent {
  readonly kind: NoticeKind;
  readonly provider: string;
  readonly address: string;
  readonly messageId: string;
  readonly status: string;
  readonly words: string;
  /** The provider's own verdict, where its words say nothing else. */
  readonly verdict: BounceClass;
}

/** The notice of a provider's event: what the receiving server said decides, then the provider's verdict. */
export function writeNotice(event: ProviderEvent): BounceNotice {
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(event.status)?.[0] ?? null;
  const judged = classifyFailure({ status, action: 'failed', texts: [event.words] });
  const isVerdict = event.kind !== 'bounce' || judged.cause === 'unclear';
  const bare = event.messageId.replace(/[<>\s]/g, '');
  return {
    kind: event.kind,
    recipients: [
      {
        address: event.address || null,
        aliases: [],
        class: isVerdict ? event.verdict : judged.class,
        cause: event.kind === 'complaint' ? 'complaint' : judged.cause,
        status: judged.status,
        action: event.kind === 'delay' ? 'delayed' : event.kind === 'bounce' ? 'failed' : null,
        diagnostic: normalizeReply(event.words, []) || null,
      },
    ],
    originalMessageId: bare.includes('@') ? `<${bare}>` : null,
    token: null,
    envelopeId: null,
    reportedBy: event.provider,
    note: event.kind === 'delay' ? 'a warning: the provider is still trying' : null,
  };
}

/** A member of a JSON object, or undefined. */
export function readMember(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** The same as text; empty when it is neither text nor a number. */
export function readText(value: unknown, ...path: readonly string[]): string {
  const member = readMember(value, ...path);
  return typeof member === 'string' ? member : typeof member === 'number' ? String(member) : '';
}

/** The same as a list of at most a thousand; empty when it is none. */
export function readList(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const member = readMember(value, ...path);
  return Array.isArray(member) ? (member as unknown[]).slice(0, 1_000) : [];
}
