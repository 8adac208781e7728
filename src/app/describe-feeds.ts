import type { Feed, FeedState } from '../domain/feed.ts';
import { listFeeds } from '../store/feeds.ts';
import { chooseNewsletter } from './choose-newsletter.ts';
import type { App } from './app.ts';

/** A feed with its health in words. */
export interface DescribedFeed {
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly weight: number;
  readonly language: string | null;
  readonly state: FeedState;
  readonly health: string;
}

/** Every feed, or those of one newsletter, with its health in words. */
export async function describeFeeds(
  app: App,
  newsletter?: string,
): Promise<readonly DescribedFeed[]> {
  const slug =
    newsletter === undefined ? undefined : (await chooseNewsletter(app, newsletter)).slug;
  return (await listFeeds(app.store, slug)).map((feed) => ({
    id: feed.id,
    url: feed.url,
    title: feed.title,
    outlet: feed.outlet,
    weight: feed.weight,
    language: feed.language,
    state: feed.polling.state,
    health: describeHealth(feed),
  }));
}

function describeHealth({ polling }: Feed): string {
  const next = polling.nextFetchAt ? `next try ${polling.nextFetchAt.slice(0, 16)}Z` : '';
  switch (polling.state) {
    case 'new':
      return 'not fetched yet';
    case 'ok':
      return `fetched ${polling.lastFetchedAt?.slice(0, 16) ?? ''}Z`;
    case 'failing':
      return `${polling.problem ?? 'failing'} (${polling.failures}×, ${next})`;
    case 'retired':
      return `${polling.problem ?? 'gone'} It is not fetched any more.`;
  }
}
