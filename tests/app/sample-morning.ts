import type { App } from '../../src/app/app.ts';
import { addTime } from '../../src/domain/instant.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { saveArticles } from '../../src/store/articles.ts';
import { saveFeed, saveFeedUse } from '../../src/store/feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { listSampleArticles, readSampleNewsletter } from '../bench/sample-morning.ts';
import { makeFolder, openSampleApp, type SampleApp } from './sample-app.ts';

export const MORNING_FEED = 'https://seeds.example/morning.xml';

/** An app whose store has the bundled morning's articles, from one feed, at six o'clock; an earlier one may be opened again. */
export async function openMorningApp(
  folder = makeFolder(),
): Promise<SampleApp & { readonly newsletter: Newsletter }> {
  const sample = await openSampleApp({ folder });
  sample.setClock('2026-03-09T06:00:00.000Z');
  const newsletter = readSampleNewsletter();
  await saveNewsletter(sample.app.store, newsletter, sample.app.now());
  await carryArticles(sample.app, newsletter.slug);
  return { ...sample, newsletter };
}

async function carryArticles(app: App, newsletter: string): Promise<void> {
  const definition = { url: MORNING_FEED, outlet: null, weight: 1, language: null };
  const feed = await saveFeed(app.store, definition, app.now());
  await saveFeedUse(app.store, {
    newsletter,
    feedId: feed.id,
    themeHint: null,
    excludedWords: [],
  });
  // As the bundled feeds have it: nothing is newer than the clock.
  const articles = listSampleArticles(130).map((article) =>
    article.publishedAt > app.now() ? { ...article, publishedAt: addTime(app.now(), -1) } : article,
  );
  await saveArticles(app.store, articles, { feedId: feed.id, now: app.now() });
}
