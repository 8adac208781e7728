import { BriefingError } from '../domain/briefing-error.ts';
import { USUAL_RULES } from '../domain/editorial-rules.ts';
import type { Feed, FeedUse } from '../domain/feed.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { parseNewsletters, type ConfiguredNewsletter } from '../newsletter-config.ts';
import { listPagelessFeeds, savePageFetching } from '../store/article-pages.ts';
import { listFeeds, listFeedUses, removeFeedUse, saveFeed, saveFeedUse } from '../store/feeds.ts';
import { findNewsletter, listNewsletters, saveNewsletter } from '../store/newsletters.ts';
import { saveReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { examineLook } from './load-template-kit.ts';
import { PUSH_FEED } from './push-feed.ts';

/** One difference between daybrief.yaml and the store, in words. */
export interface ConfigurationChange {
  readonly newsletter: string;
  readonly change: string;
}

/** Fills an empty store from daybrief.yaml and subscribes the owner. */
export async function seedStore(app: App, written: unknown): Promise<void> {
  if (written === undefined) return;
  await applyConfiguration(app, written, { isDryRun: false });
  await subscribeOwner(app);
}

async function subscribeOwner(app: App): Promise<void> {
  const readers = (await listNewsletters(app.store)).flatMap((newsletter) =>
    app.settings.ownAddresses.map((address) => ({
      address,
      name: '',
      zone: null,
      language: null,
      newsletter: newsletter.slug,
      consent: 'own address in daybrief.yaml',
    })),
  );
  await saveReaders(app.store, readers, app.now());
}

/** Makes newsletters and feeds as daybrief.yaml says and returns what that changed; a dry run only returns it. */
export async function applyConfiguration(
  app: App,
  written: unknown,
  options: { isDryRun: boolean },
): Promise<readonly ConfigurationChange[]> {
  if (written === undefined) {
    throw new BriefingError(
      'invalid',
      `${app.settings.configFile} has no "newsletters:" part, so there is nothing to apply. Write one with: daybrief init`,
    );
  }
  const changes: ConfigurationChange[] = [];
  const newsletters = parseNewsletters(written, app.settings.configFile);
  for (const { newsletter } of newsletters) await refuseFaintLook(app, newsletter);
  for (const configured of newsletters) {
    changes.push(...(await applyNewsletter(app, configured, options)));
  }
  return changes;
}

async function refuseFaintLook(app: App, newsletter: Newsletter): Promise<void> {
  const [fault] = await examineLook(app, newsletter);
  if (fault === undefined) return;
  throw new BriefingError(
    'invalid',
    `The design of "${newsletter.slug}" is too faint to read: ${fault}. Choose a stronger colour in ${app.settings.configFile}.`,
  );
}

async function applyNewsletter(
  app: App,
  configured: ConfiguredNewsletter,
  options: { isDryRun: boolean },
): Promise<readonly ConfigurationChange[]> {
  const { newsletter } = configured;
  const before = await findNewsletter(app.store, newsletter.slug);
  const after = { ...newsletter, isPaused: before?.isPaused ?? false };
  const feeds = await planFeedChanges(app, configured);
  const changes = [...describeNewsletter(before, after), ...feeds.changes].map((change) => ({
    newsletter: newsletter.slug,
    change,
  }));
  if (options.isDryRun) return changes;
  await saveNewsletter(app.store, after, app.now());
  await feeds.apply();
  return changes;
}

function describeNewsletter(before: Newsletter | null, after: Newsletter): readonly string[] {
  if (!before) return ['newsletter added'];
  const [old, wanted] = [before, after].map(listSettings);
  return Object.entries(wanted ?? {}).flatMap(([key, value]) => {
    const [was, is] = [JSON.stringify(old?.[key]), JSON.stringify(value)];
    return was === is ? [] : [`${key}: ${was} → ${is}`];
  });
}

/** One level of names, as daybrief.yaml has them. */
function listSettings({ rules, ...newsletter }: Newsletter): Readonly<Record<string, unknown>> {
  return { ...newsletter, ...(rules ?? USUAL_RULES) };
}

async function planFeedChanges(app: App, configured: ConfiguredNewsletter) {
  const { newsletter, feeds } = configured;
  const before = new Map(
    (await listFeeds(app.store, newsletter.slug)).map((feed) => [feed.url, feed]),
  );
  const uses = new Map(
    (await listFeedUses(app.store))
      .filter((use) => use.newsletter === newsletter.slug)
      .map((use) => [use.feedId, use]),
  );
  const pageless = await listPagelessFeeds(app.store);
  const wanted = new Set(feeds.map((feed) => feed.url));
  const removed = [...before.values()].filter(({ url }) => !wanted.has(url) && url !== PUSH_FEED);
  const changed = feeds.filter(
    (feed) => !isFeedSame(feed, before.get(feed.url), { uses, pageless }),
  );
  return {
    changes: [
      ...changed.map((feed) => `feed ${feed.url} ${before.has(feed.url) ? 'changed' : 'added'}`),
      ...removed.map((feed) => `feed ${feed.url} removed`),
    ],
    apply: async () => {
      for (const { theme, exclude, headlineOnly, fetchPages, ...definition } of changed) {
        const feed = await saveFeed(app.store, definition, app.now());
        await saveFeedUse(app.store, {
          newsletter: newsletter.slug,
          feedId: feed.id,
          themeHint: theme,
          excludedWords: exclude,
          isHeadlineOnly: headlineOnly,
        });
        await savePageFetching(app.store, feed.id, { fetchPages });
      }
      for (const feed of removed) await removeFeedUse(app.store, newsletter.slug, feed.id);
    },
  };
}

function isFeedSame(
  wanted: ConfiguredNewsletter['feeds'][number],
  before: Feed | undefined,
  known: { uses: ReadonlyMap<string, FeedUse>; pageless: ReadonlySet<string> },
): boolean {
  if (!before) return false;
  const use = known.uses.get(before.id);
  return (
    before.outlet === wanted.outlet &&
    before.weight === wanted.weight &&
    before.language === wanted.language &&
    known.pageless.has(before.id) === !wanted.fetchPages &&
    use?.themeHint === wanted.theme &&
    (use.isHeadlineOnly ?? false) === wanted.headlineOnly &&
    JSON.stringify(use.excludedWords) === JSON.stringify(wanted.exclude)
  );
}
