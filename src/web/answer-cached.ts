import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Instant } from '../domain/instant.ts';

/** A page anybody may see and keep for a while. */
export interface PublicAnswer {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly policy: string;
  /** When what it shows last changed; null when that is not known. */
  readonly changedAt: Instant | null;
  /** Seconds it may be shown without asking again. */
  readonly keepSeconds: number;
}

/** Answers with validators, or 304 when the asker has it already (RFC 9110, section 13). */
export function answerCached(context: Context, answer: PublicAnswer): Response {
  const { body, changedAt } = answer;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  context.header('ETag', etag);
  context.header('Cache-Control', `public, max-age=${answer.keepSeconds}`);
  context.header('Content-Security-Policy', answer.policy);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
  if (changedAt) context.header('Last-Modified', new Date(changedAt).toUTCString());
  if (isKnown(context, etag, changedAt)) return context.body(null, 304);
  context.header('Content-Type', answer.type);
  return context.body(body, 200);
}

/** The tag wins over the time where both are named. */
function isKnown(context: Context, etag: string, changedAt: Instant | null): boolean {
  const tags = context.req.header('if-none-match');
  if (tags !== undefined)
    return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(context.req.header('if-modified-since') ?? '');
  return changedAt !== null && Math.floor(Date.parse(changedAt) / 1000) * 1000 <= since;
}
