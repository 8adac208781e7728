import { BriefingError } from '../domain/briefing-error.ts';
import type { Feed } from '../domain/feed.ts';
import { resolveFeedUrl } from '../newsletter-config.ts';
import { findFeed } from '../store/feeds.ts';
import type { App } from './app.ts';

/** The feed with this id or address (a folder's path too). Throws BriefingError when there is none. */
export async function findNamedFeed(app: App, name: string, folder = '.'): Promise<Feed> {
  const feed =
    (await findFeed(app.store, name)) ?? (await findFeed(app.store, resolveFeedUrl(name, folder)));
  if (feed) return feed;
  throw new BriefingError(
    'not_found',
    `There is no feed ${name}. See what there is with: daybrief feeds list`,
  );
}
