import { closeBody } from './read-body.ts';
import type { FetchGuard } from './open-fetch-guard.ts';

const DEADLINE_MS = 8_000;

/**
 * Whether a page is still there, asked with a HEAD; null when it is, or when its server will not say.
 * Only 404 and 410 are a page that is gone: many servers refuse a HEAD, or ask us to wait.
 */
export async function probeLink(guard: FetchGuard, url: string): Promise<string | null> {
  const fault = guard.findFault(url);
  if (fault) return fault;
  const { host } = new URL(url);
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const response = await guard.fetchOnce(url, { headers: {}, signal, isHead: true });
    closeBody(response.body);
    const isGone = response.statusCode === 404 || response.statusCode === 410;
    return isGone ? `${host} answered ${response.statusCode}.` : null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `${host} did not answer (${code ?? message}).`;
  }
}
