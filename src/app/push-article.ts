import { BriefingError } from '../domain/briefing-error.ts';
import type { Article } from '../domain/article.ts';
import { canonicalizeUrl } from '../gather/canonicalize-url.ts';
import { escapeHtml } from '../gather/escape-html.ts';
import { normalizeEntry } from '../gather/normalize-entry.ts';
import { parseDate } from '../gather/parse-date.ts';
import { saveArticles } from '../store/articles.ts';
import { findFeed, saveFeed, saveFeedUse } from '../store/feeds.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { PUSH_FEED } from './push-feed.ts';

/** What became of a pushed article. */
export interface PushedArticle {
  readonly key: string;
  /** False when the article was known already, in these words or others. */
  readonly isNew: boolean;
}

/** An article as programs write it; all texts are plain text. */
type Pushed = Readonly<Record<(typeof TEXTS)[number], string | null>>;

const TEXTS = [
  'title',
  'outlet',
  'url',
  'summary',
  'text',
  'publishedAt',
  'language',
  'theme',
] as const;
const MOST_NAME = 300;

/**
 * Stores an article another program wrote: `{title, outlet, url?, summary?, text?, publishedAt?, language?, theme?}`.
 * The first one makes the push feed and gives it to every newsletter. Throws BriefingError that names every fault together.
 */
export async function pushArticle(app: App, written: unknown): Promise<PushedArticle> {
  const article = toArticle(await parsePushed(app, written), app.now());
  const feedId = await findPushFeed(app);
  const { added } = await saveArticles(app.store, [article], { feedId, now: app.now() });
  return { key: article.key, isNew: added > 0 };
}

async function parsePushed(app: App, written: unknown): Promise<Pushed> {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw new BriefingError(
      'invalid',
      'An article is a JSON object with at least title and outlet.',
    );
  const fields = written as Readonly<Record<string, unknown>>;
  const themes = (await listNewsletters(app.store)).flatMap((newsletter) => newsletter.themes);
  const isTheme = (text: string): boolean =>
    themes.some(({ slug, name }) => [slug, name.toLowerCase()].includes(text.toLowerCase()));
  const faults = [
    ...Object.keys(fields)
      .filter((name) => !TEXTS.some((known) => known === name))
      .map((name) => `"${name.slice(0, 40)}" is not known`),
    ...TEXTS.map((name) => findFault(name, fields[name] ?? null, isTheme)),
  ].filter((fault) => fault !== null);
  if (faults.length > 0)
    throw new BriefingError('invalid', `The article cannot be used: ${faults.join('; ')}.`);
  return Object.fromEntries(TEXTS.map((name) => [name, fields[name] ?? null])) as Pushed;
}

function findFault(
  name: (typeof TEXTS)[number],
  value: unknown,
  isTheme: (text: string) => boolean,
): string | null {
  const isNeeded = name === 'title' || name === 'outlet';
  if (value === null) return isNeeded ? `${name} is missing` : null;
  if (typeof value !== 'string') return `${name} is not a text`;
  if (isNeeded && (value.trim() === '' || value.length > MOST_NAME))
    return `${name} needs 1 to ${MOST_NAME} characters`;
  if (name === 'url' && canonicalizeUrl(value) === null) return 'url is not an http(s) address';
  if (name === 'publishedAt' && parseDate(value) === null) return 'publishedAt is not a date';
  if (name === 'language' && !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(value))
    return 'language is not a code such as en';
  if (name === 'theme' && !isTheme(value)) return 'theme is not one of a newsletter';
  return null;
}

function toArticle(pushed: Pushed, now: string): Article {
  const entry = {
    ...EMPTY_ENTRY,
    title: pushed.title,
    url: pushed.url,
    publishedAt: parseDate(pushed.publishedAt ?? ''),
    summaryHtml: toHtml(pushed.summary),
    contentHtml: toHtml(pushed.text),
    language: pushed.language,
  };
  const feed = { url: PUSH_FEED, siteUrl: pushed.url, outlet: pushed.outlet, language: null };
  const article = normalizeEntry(entry, { feed, now });
  if (!article)
    throw new BriefingError('invalid', 'The article cannot be used: title has no visible letter.');
  return pushed.theme ? { ...article, wish: { theme: pushed.theme, isPinned: false } } : article;
}

const EMPTY_ENTRY = {
  id: null,
  updatedAt: null,
  summary: null,
  authors: [],
  categories: [],
  enclosures: [],
  image: null,
  comments: null,
  source: null,
};

/** Plain text in paragraphs, as the texts of feeds come. */
function toHtml(text: string | null): string | null {
  if (text === null) return null;
  const paragraphs = text.split(/\r?\n\s*\n/);
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('');
}

async function findPushFeed(app: App): Promise<string> {
  const known = await findFeed(app.store, PUSH_FEED);
  if (known) return known.id;
  const definition = { url: PUSH_FEED, outlet: null, weight: 1, language: null };
  const feed = await saveFeed(app.store, definition, app.now());
  for (const { slug } of await listNewsletters(app.store))
    await saveFeedUse(app.store, {
      newsletter: slug,
      feedId: feed.id,
      themeHint: null,
      excludedWords: [],
    });
  return feed.id;
}
