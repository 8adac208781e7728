import { createHash } from 'node:crypto';
import type { ReadToken, TokenAnswer } from '../deliver/parse-transport-url.ts';
import { addTime, MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import { openFetchGuard, type FetchGuard } from '../gather/open-fetch-guard.ts';
import { readBody } from '../gather/read-body.ts';
import type { OauthSettings } from '../oauth-config.ts';
import { findNote, saveNote } from '../store/meta.ts';
import type { App } from './app.ts';

const LIMIT = 20 * SECOND;
const MOST_BYTES = 64 * 1024;
/** A token is not used in the last minute it is good for. */
const MARGIN = MINUTE;
const USUAL_SECONDS = 3_600;

/** A token while it is good. */
interface KeptToken {
  readonly answer: TokenAnswer;
  readonly until: Instant;
}

/**
 * The way to the server that gives out access tokens (RFC 6749): its address in the settings is the owner's leave for exactly that
 * host and port. A token is kept while it is good, and many connections that want one share one request. Must be closed.
 */
export function openTokenLine(
  app: App,
  oauth: OauthSettings,
): { readToken: ReadToken; close(): Promise<void> } {
  const { protocol, hostname, port } = new URL(oauth.url);
  const place = `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`;
  const guard = openFetchGuard({ allow: [place], userAgent: 'daybrief/0.1' });
  let kept: KeptToken | null = null;
  let asking: Promise<KeptToken> | null = null;

  async function ask(): Promise<KeptToken> {
    try {
      return await askForToken(app, guard, oauth);
    } finally {
      asking = null;
    }
  }

  return {
    async readToken(which) {
      if (kept && which === 'kept' && app.now() < kept.until) return kept.answer;
      asking ??= ask();
      kept = await asking;
      return kept.answer;
    },
    close: () => guard.close(),
  };
}

async function askForToken(app: App, guard: FetchGuard, oauth: OauthSettings): Promise<KeptToken> {
  const { host } = new URL(oauth.url);
  const until = app.now();
  try {
    const response = await guard.fetchOnce(oauth.url, {
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: await writeRequest(app, oauth),
      signal: AbortSignal.timeout(LIMIT),
    });
    const encoding = String(response.headers['content-encoding'] ?? '');
    const body = await readBody(response.body, encoding, { maxBytes: MOST_BYTES, announced: 0 });
    const text = 'bytes' in body ? Buffer.from(body.bytes).toString() : '';
    return await readGrant(app, oauth, { host, status: response.statusCode, text });
  } catch {
    return { answer: { problem: `${host} cannot be reached`, isRefused: false }, until };
  }
}

/** With a refresh token in the name of the mailbox (section 6), without one in the client's own (section 4.4). */
async function writeRequest({ store }: App, oauth: OauthSettings): Promise<string> {
  const secret = oauth.secret.reveal();
  const refreshToken = (await findNote(store, nameNote(oauth))) ?? oauth.refreshToken.reveal();
  return new URLSearchParams({
    ...(refreshToken === ''
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refreshToken }),
    client_id: oauth.client,
    ...(secret && { client_secret: secret }),
    ...(oauth.scope && { scope: oauth.scope }),
  }).toString();
}

async function readGrant(
  app: App,
  oauth: OauthSettings,
  { host, status, text }: { host: string; status: number; text: string },
): Promise<KeptToken> {
  const grant = parseGrant(text);
  const { access_token: token, expires_in: seconds, refresh_token: next, error } = grant;
  const now = app.now();
  if (status >= 200 && status < 300 && typeof token === 'string' && token !== '') {
    // Some give a new one each time, and end the old one after a while.
    if (typeof next === 'string' && next !== '') await saveNote(app.store, nameNote(oauth), next);
    const good = Number(seconds) > 0 ? Number(seconds) : USUAL_SECONDS;
    return { answer: { token }, until: addTime(now, good * SECOND - MARGIN) };
  }
  const why = typeof error === 'string' ? `: ${error.slice(0, 60)}` : '';
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return { answer: { problem: `${host} answered ${status}${why}`, isRefused }, until: now };
}

function parseGrant(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** One for every refresh token that was set, so that a new one in the settings is obeyed. */
function nameNote({ refreshToken }: OauthSettings): string {
  const hash = createHash('sha256').update(refreshToken.reveal()).digest('hex');
  return `oauth_refresh_${hash.slice(0, 16)}`;
}
