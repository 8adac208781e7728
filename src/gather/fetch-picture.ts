import type { Instant } from '../domain/instant.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { FetchGuard } from './open-fetch-guard.ts';
import { sniffPicture, type SniffedPicture } from './sniff-picture.ts';

/** A picture as it came. */
export interface FetchedPicture extends SniffedPicture {
  readonly bytes: Uint8Array;
}

const ACCEPT = 'image/webp, image/jpeg, image/png, image/gif';
const LIMITS = { deadlineMs: 10_000, maxBytes: 300_000 };
const MOST_PIXELS_A_SIDE = 4_000;

/**
 * Fetches one picture: 10 seconds in all, 300 kB, 4,000 pixels a side, and really a picture.
 * Never throws for what a server does; `problem` is one sentence for people.
 */
export async function fetchPicture(
  guard: FetchGuard,
  url: string,
  now: Instant,
): Promise<FetchedPicture | { readonly problem: string }> {
  const asking: FetchGuard = {
    ...guard,
    fetchOnce: (place, options) =>
      guard.fetchOnce(place, { ...options, headers: { ...options.headers, accept: ACCEPT } }),
  };
  const request = { url, etag: null, lastModified: null, isFull: true, now };
  const fetched = await fetchFeed(asking, request, LIMITS);
  if (fetched.outcome === 'unchanged') return { problem: 'The picture was not sent.' };
  if (fetched.outcome !== 'fetched') return { problem: fetched.problem };
  const { host } = new URL(fetched.url);
  const picture = sniffPicture(fetched.bytes);
  if (!picture) return { problem: `${host} sent no JPEG, PNG, WebP or GIF picture.` };
  const { width, height } = picture;
  const longest = Math.max(width, height);
  if (Math.min(width, height) === 0 || longest > MOST_PIXELS_A_SIDE)
    return { problem: `${host} sent a picture of ${width} × ${height} pixels.` };
  return { ...picture, bytes: fetched.bytes };
}
