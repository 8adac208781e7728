import { getDomain, getHostname } from 'tldts';
import type { Outlet } from '../domain/article.ts';
import type { Entry } from './parsed-feed.ts';

/** What a feed says about whose articles it carries. */
export interface FeedOrigin {
  readonly url: string;
  /** The web page the feed belongs to, when the document names one. */
  readonly siteUrl: string | null;
  /** The publisher's name, when the owner set one. */
  readonly outlet: string | null;
}

/**
 * The publisher of an entry. An article on the feed's own domain is the owner-set outlet's;
 * one from elsewhere, or one whose `source` lies elsewhere, belongs to that other publisher.
 */
export function nameOutlet(entry: Pick<Entry, 'url' | 'source'>, feed: FeedOrigin): Outlet {
  const ownDomains = [feed.siteUrl, feed.url].map(findDomain);
  const domain = findDomain(entry.url);
  const sourceTitle = entry.source?.title || null;
  if (!domain) return nameWithoutUrl(feed, sourceTitle);
  if (!ownDomains.includes(domain)) return { key: domain, name: sourceTitle ?? domain };
  if (feed.outlet) return { key: domain, name: feed.outlet };
  const sourceDomain = findDomain(entry.source?.url ?? null);
  if (!sourceDomain || ownDomains.includes(sourceDomain)) return { key: domain, name: domain };
  return { key: sourceDomain, name: sourceTitle ?? sourceDomain };
}

function nameWithoutUrl(feed: FeedOrigin, sourceTitle: string | null): Outlet {
  if (feed.outlet) return { key: slugOf(feed.outlet), name: feed.outlet };
  const domain = findDomain(feed.siteUrl) ?? findDomain(feed.url) ?? 'unknown';
  return { key: domain, name: sourceTitle ?? domain };
}

/** The registrable domain, where blogs on a shared host count as their own; the bare host where there is none. */
function findDomain(url: string | null): string | null {
  if (!url || !/^https?:/i.test(url)) return null;
  return getDomain(url, { allowPrivateDomains: true }) ?? getHostname(url);
}

function slugOf(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-') || 'unknown';
}
