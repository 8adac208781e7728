import { NOTHING_READ, type FeedKind } from './feed-kind.ts';

/** The address of the built-in feed that pushed articles belong to. */
export const PUSH_FEED = 'push:';

/** Articles come to it, so there is never anything to fetch. */
export const pushFeed: FeedKind = {
  matches: (url) => url === PUSH_FEED,
  read: () =>
    Promise.resolve({ ...NOTHING_READ, outcome: 'unchanged', problem: null, isLocal: true }),
};
