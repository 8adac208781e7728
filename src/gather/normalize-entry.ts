import type { Article, Outlet } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import { canonicalizeUrl } from './canonicalize-url.ts';
import { cutAtSentence, cutFirstSentence } from './cut-text.ts';
import { detectLanguage } from './detect-language.ts';
import { keyText } from './key-text.ts';
import { nameOutlet, type FeedOrigin } from './name-outlet.ts';
import type { Entry } from './parsed-feed.ts';
import { cleanText } from './sanitize-html.ts';
import { trimEntryText } from './trim-entry-text.ts';

const MOST_TITLE = 300;
const MOST_SUMMARY = 600;
const MOST_TEXT = 20_000;
/** More markup than this is not read for 20,000 characters of text. */
const MOST_HTML = 400_000;
const MOST_CATEGORIES = 20;
const EARLIEST: Instant = '1990-01-01T00:00:00.000Z';

/** An entry as an article, or null when it has neither a title nor a text. A date after `now` becomes `now`. */
export function normalizeEntry(
  entry: Entry,
  context: {
    readonly feed: FeedOrigin & { readonly language: string | null };
    readonly now: Instant;
  },
): Article | null {
  const { feed, now } = context;
  const outlet = nameOutlet(entry, feed);
  const headline = stripOutlet(cleanText(entry.title ?? ''), listNames(entry, outlet));
  const about = { title: headline, outlet: outlet.name };
  const content = trimEntryText((entry.contentHtml ?? '').slice(0, MOST_HTML), about);
  const written = trimEntryText(
    (entry.summaryHtml ?? entry.summary ?? '').slice(0, MOST_HTML),
    about,
  );
  const summary = cutAtSentence(written || content, MOST_SUMMARY);
  const text = cutAtSentence(content.length > written.length ? content : written, MOST_TEXT);
  const title = cutAtSentence(headline, MOST_TITLE) || cutFirstSentence(summary, MOST_TITLE);
  if (!title) return null;
  const url = entry.url === null ? null : canonicalizeUrl(entry.url);
  return {
    key: url ?? keyText(outlet.key, `${title} ${text}`),
    url,
    title,
    summary,
    text,
    outlet,
    language: chooseLanguage([entry.language, feed.language], `${title}. ${summary}`),
    ...chooseDate(entry, now),
    image: chooseImage(entry),
    categories: entry.categories.slice(0, MOST_CATEGORIES).map((name) => name.slice(0, 100)),
  };
}

function listNames(entry: Entry, outlet: Outlet): readonly string[] {
  return [outlet.name, outlet.key, entry.source?.title ?? ''];
}

/** Takes “ - Outlet” off the end of a title where it is the outlet's name. */
function stripOutlet(title: string, names: readonly string[]): string {
  const parts = /^(.+?\S)\s+(?:[-–—|·»]|::)\s+((?:(?!\s(?:[-–—|·»]|::)\s).)+)$/u.exec(title);
  const [, headline, ending] = parts ?? [];
  if (!headline || !ending) return title;
  return names.some((name) => name && lettersOf(name) === lettersOf(ending)) ? headline : title;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function chooseLanguage(declared: readonly (string | null)[], text: string): string | null {
  for (const tag of declared) {
    const primary = /^\s*([a-z]{2,3})(?=[-_\s]|$)/i.exec(tag ?? '')?.[1];
    if (primary) return primary.toLowerCase();
  }
  return detectLanguage(text);
}

function chooseDate(entry: Entry, now: Instant): Pick<Article, 'publishedAt' | 'isDateGuessed'> {
  const date = [entry.publishedAt, entry.updatedAt].find((found) => found && found >= EARLIEST);
  if (!date) return { publishedAt: now, isDateGuessed: true };
  return { publishedAt: date > now ? now : date, isDateGuessed: false };
}

function chooseImage(entry: Entry): Article['image'] {
  const url = entry.image === null ? null : toWebAddress(entry.image);
  return url === null ? null : { url, width: null, height: null, alt: '' };
}

function toWebAddress(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : null;
}
