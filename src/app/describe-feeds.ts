import type { Feed, FeedState } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import { listFeeds } from '../store/feeds.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { chooseNewsletter } from './choose-newsletter.ts';
import type { App } from './app.ts';
import { describeHealth } from './describe-health.ts';

/** A feed with its health in words. */
export interface DescribedFeed {
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly weight: number;
  readonly language: string | null;
  readonly state: FeedState;
  /** In words, at the clock of the newsletter that was asked for, or of all when they share one, else UTC. */
  readonly health: string;
  readonly problem: string | null;
  readonly failingSince: Instant | null;
  readonly failures: number;
  readonly lastStatus: number | null;
  readonly lastFetchedAt: Instant | null;
  readonly lastChangedAt: Instant | null;
  readonly nextFetchAt: Instant | null;
}

/** Every feed, or those of one newsletter, with its health in words. */
export async function describeFeeds(
  app: App,
  newsletter?: string,
): Promise<readonly DescribedFeed[]> {
  const chosen = newsletter === undefined ? null : await chooseNewsletter(app, newsletter);
  const reading = { zone: chosen?.zone ?? (await findSharedZone(app)), now: app.now() };
  return (await listFeeds(app.store, chosen?.slug)).map((feed) => ({
    ...describePolling(feed),
    health: describeHealth(feed.polling, reading),
  }));
}

async function findSharedZone(app: App): Promise<string> {
  const zones = new Set((await listNewsletters(app.store)).map(({ zone }) => zone));
  const [first] = zones;
  return first !== undefined && zones.size === 1 ? first : 'Etc/UTC';
}

function describePolling(feed: Feed): Omit<DescribedFeed, 'health'> {
  const { polling } = feed;
  return {
    id: feed.id,
    url: feed.url,
    title: feed.title,
    outlet: feed.outlet,
    weight: feed.weight,
    language: feed.language,
    state: polling.state,
    problem: polling.problem,
    failingSince: polling.failingSince,
    failures: polling.failures,
    lastStatus: polling.lastStatus,
    lastFetchedAt: polling.lastFetchedAt,
    lastChangedAt: polling.lastChangedAt,
    nextFetchAt: polling.nextFetchAt,
  };
}
