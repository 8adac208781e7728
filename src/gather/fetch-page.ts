import type { Instant } from '../domain/instant.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { FetchGuard } from './open-fetch-guard.ts';

/** A web page as it came; `url` is the one that answered, after redirects. */
export interface FetchedPage {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9';
const PAGE_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;

/**
 * Fetches one web page within the limits of a feed: 30 seconds in all, 10 MB, five redirects, each checked.
 * Never throws for what a server does; `problem` is one sentence for people.
 */
export async function fetchPage(
  guard: FetchGuard,
  url: string,
  now: Instant,
): Promise<FetchedPage | { readonly problem: string }> {
  const asking: FetchGuard = {
    ...guard,
    fetchOnce: (place, options) =>
      guard.fetchOnce(place, { ...options, headers: { ...options.headers, accept: ACCEPT } }),
  };
  const request = { url, etag: null, lastModified: null, isFull: true, now };
  const fetched = await fetchFeed(asking, request);
  if (fetched.outcome === 'unchanged' || fetched.outcome === 'gone')
    return { problem: `${new URL(url).host} does not have the page any more.` };
  if (fetched.outcome === 'failed') return { problem: fetched.problem };
  const { bytes, contentType } = fetched;
  if (contentType !== null && !PAGE_TYPE.test(contentType))
    return { problem: `${new URL(url).host} sent ${contentType.slice(0, 60)} instead of a page.` };
  return { url: fetched.url, bytes, contentType };
}
