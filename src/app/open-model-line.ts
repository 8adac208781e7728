import type { Settings } from '../config.ts';
import { openFetchGuard, type FetchGuard } from '../gather/open-fetch-guard.ts';
import { parseRetryAfter } from '../gather/parse-retry-after.ts';
import { closeBody, readBody } from '../gather/read-body.ts';
import type { LineReply, ModelLine } from '../model/model-line.ts';
import type { App } from './app.ts';

type ModelSettings = NonNullable<Settings['model']>;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
/** The network's words for a connection that broke, which may be worth another try. */
const LOST = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/**
 * The way to the model's server. Its address in the settings is the owner's leave for exactly that host and port, for this
 * purpose alone: it opens nothing to feeds, what feeds may reach is closed to it, and no redirect is followed. Must be closed.
 */
export function openModelLine(
  app: App,
  model: ModelSettings,
): ModelLine & { close(): Promise<void> } {
  const { protocol, hostname, port } = new URL(model.url);
  const guard = openFetchGuard({
    allow: [`${hostname}:${port || DEFAULT_PORTS[protocol]}`],
    userAgent: 'daybrief/0.1',
  });
  const key = model.key.reveal();
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
  };
  return {
    async post(call, body, limits) {
      const request = { headers, body, signal: limits.signal };
      try {
        return await postOnce(guard, `${model.url}/${call}`, {
          request,
          maxBytes: limits.maxBytes,
          now: app.now(),
        });
      } catch (error) {
        return { problem: describeFault(error) };
      }
    },
    close: () => guard.close(),
  };
}

async function postOnce(
  guard: FetchGuard,
  url: string,
  post: { request: Parameters<FetchGuard['fetchOnce']>[1]; maxBytes: number; now: string },
): Promise<LineReply> {
  const response = await guard.fetchOnce(url, post.request);
  const header = (name: string): string | null => {
    const value = response.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const retryAfterSeconds = parseRetryAfter(header('retry-after'), post.now);
  const status = response.statusCode;
  if (status !== 200) {
    closeBody(response.body);
    return { status, text: '', retryAfterSeconds };
  }
  const read = await readBody(response.body, header('content-encoding') ?? '', {
    maxBytes: post.maxBytes,
    announced: Number(header('content-length') ?? 0),
  });
  if ('problem' in read) return { problem: 'answer too long or packed oddly' };
  return { status, text: new TextDecoder().decode(read.bytes), retryAfterSeconds };
}

/** Codes only: a message may quote an address. */
function describeFault(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  if (LOST.includes(code ?? '')) return 'connection lost';
  return code ? `no connection (${code})` : `no connection (${name})`;
}
