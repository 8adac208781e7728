import type { Instant } from '../domain/instant.ts';
import type { FetchGuard, GuardedResponse } from './open-fetch-guard.ts';
import { parseCacheLifetime } from './parse-cache-lifetime.ts';
import { parseRetryAfter } from './parse-retry-after.ts';
import { closeBody, readBody } from './read-body.ts';

export interface FeedRequest {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** True asks for the whole document whatever we remember of it. */
  readonly isFull: boolean;
  readonly now: Instant;
}

interface Answered {
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** HTTP status. */
  readonly status: number;
  /** Where the feed lives from now on: set when there were redirects and all were permanent (301, 308). */
  readonly movedTo: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly retryAfterSeconds: number | null;
  /** How long the answer says it stays fresh; null when it does not say. */
  readonly cacheSeconds: number | null;
}

/** How a fetch ended; `problem` is one sentence for people. */
export type FetchResult =
  | (Answered & { outcome: 'fetched'; bytes: Uint8Array; contentType: string | null })
  | (Answered & { outcome: 'unchanged' })
  | { outcome: 'gone'; problem: string; status: number }
  | {
      outcome: 'failed';
      problem: string;
      /** Null when there was no answer. */
      status: number | null;
      retryAfterSeconds: number | null;
    };

interface Limits {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly maxBytes: number;
}

const MOST_REDIRECTS = 5;
const LONGEST_VALIDATOR = 1_000;
const PERMANENT = [301, 308];
const REDIRECTS = [301, 302, 303, 307, 308];
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/**
 * Fetches one feed within a total deadline, a byte cap and five redirects (RFC 9110 conditional requests); never throws for what a server does.
 * The caller keeps `etag` and `lastModified` of an answer for the next request.
 */
export async function fetchFeed(
  guard: FetchGuard,
  request: FeedRequest,
  options: { readonly deadlineMs?: number; readonly maxBytes?: number } = {},
): Promise<FetchResult> {
  const { deadlineMs = 30_000, maxBytes = 10_000_000 } = options;
  const limits = { signal: AbortSignal.timeout(deadlineMs), deadlineMs, maxBytes };
  try {
    return await followRedirects(guard, request, limits);
  } catch (error) {
    return failed(describeFault(error, request.url, limits));
  }
}

async function followRedirects(
  guard: FetchGuard,
  request: FeedRequest,
  limits: Limits,
): Promise<FetchResult> {
  let url = request.url;
  let isPermanent = true;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const fault = guard.findFault(url);
    if (fault) return failed(hop === 0 ? fault : `${hostOf(request.url)} sends us on. ${fault}`);
    const headers = buildHeaders(request);
    const response = await guard.fetchOnce(url, { headers, signal: limits.signal });
    if (!REDIRECTS.includes(response.statusCode)) {
      const movedTo = hop > 0 && isPermanent ? url : null;
      return readAnswer(response, { ...describeAnswer(response, request), url, movedTo }, limits);
    }
    closeBody(response.body);
    const next = findNextUrl(response, url);
    if (!next)
      return failed(`${hostOf(url)} sends us on without saying where.`, response.statusCode);
    // A move from https to http may be followed, but is not one to remember.
    const isWeaker = url.startsWith('https:') && next.startsWith('http:');
    isPermanent &&= PERMANENT.includes(response.statusCode) && !isWeaker;
    url = next;
  }
  return failed(`${hostOf(request.url)} sends us on more than ${MOST_REDIRECTS} times.`);
}

function findNextUrl(response: GuardedResponse, url: string): string | null {
  const location = headerOf(response, 'location');
  return location && URL.canParse(location, url) ? new URL(location, url).href : null;
}

async function readAnswer(
  response: GuardedResponse,
  answer: Answered,
  limits: Limits,
): Promise<FetchResult> {
  const { status } = answer;
  const host = hostOf(answer.url);
  if (status >= 200 && status < 300) {
    const encoding = headerOf(response, 'content-encoding') ?? '';
    const announced = Number(headerOf(response, 'content-length') ?? 0);
    const read = await readBody(response.body, encoding, { ...limits, announced });
    if ('problem' in read) return failed(`${host} ${read.problem}.`, status);
    const contentType = headerOf(response, 'content-type');
    return { outcome: 'fetched', ...answer, bytes: read.bytes, contentType };
  }
  closeBody(response.body);
  if (status === 304) return { outcome: 'unchanged', ...answer };
  if (status === 410)
    return { outcome: 'gone', problem: `${host} answered 410: the feed is gone for good.`, status };
  const wait = answer.retryAfterSeconds;
  const asks = wait ? ` and asks us to wait ${describeWait(wait)}` : '';
  return failed(`${host} answered ${status}${asks}.`, status, wait);
}

function buildHeaders(request: FeedRequest): Record<string, string> {
  const headers: Record<string, string> = {
    accept: ACCEPT,
    'accept-encoding': 'gzip, deflate, br, zstd',
  };
  if (request.isFull) return headers;
  if (request.etag && isSendable(request.etag)) headers['if-none-match'] = request.etag;
  if (request.lastModified && isSendable(request.lastModified))
    headers['if-modified-since'] = request.lastModified;
  return headers;
}

/** A validator goes back as the server wrote it (RFC 9110, section 8.8), unless no header may hold it. */
function isSendable(validator: string): boolean {
  return validator.length <= LONGEST_VALIDATOR && /^[\x20-\x7e]+$/.test(validator);
}

/** A 304 may leave its validators out; then the ones we sent still hold. */
function describeAnswer(
  response: GuardedResponse,
  request: FeedRequest,
): Omit<Answered, 'url' | 'movedTo'> {
  const isUnchanged = response.statusCode === 304;
  return {
    status: response.statusCode,
    etag: headerOf(response, 'etag') ?? (isUnchanged ? request.etag : null),
    lastModified:
      headerOf(response, 'last-modified') ?? (isUnchanged ? request.lastModified : null),
    retryAfterSeconds: parseRetryAfter(headerOf(response, 'retry-after'), request.now),
    cacheSeconds: parseCacheLifetime(
      {
        cacheControl: headerOf(response, 'cache-control'),
        age: headerOf(response, 'age'),
        expires: headerOf(response, 'expires'),
      },
      request.now,
    ),
  };
}

function headerOf(response: GuardedResponse, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function failed(
  problem: string,
  status: number | null = null,
  retryAfterSeconds: number | null = null,
): FetchResult {
  return { outcome: 'failed', problem, status, retryAfterSeconds };
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address: the name could not be found',
  EAI_AGAIN: 'could not be looked up just now',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
  EHOSTUNREACH: 'could not be reached from here',
  ENETUNREACH: 'could not be reached from here',
  UND_ERR_HEADERS_OVERFLOW: 'sent headers without end',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sent another length than it had announced',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer the call',
  ETIMEDOUT: 'did not answer the call',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another name',
};

function describeFault(error: unknown, url: string, limits: Limits): string {
  const host = hostOf(url);
  if (limits.signal.aborted)
    return `${host} took longer than ${describeWait(limits.deadlineMs / 1000)}.`;
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'HTTPParserError') return `${host} does not answer as a web server does.`;
  if (!code) return message;
  return `${host} ${FAULTS[code] ?? `could not be read (${code})`}.`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function describeWait(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3600)} hours`;
}
