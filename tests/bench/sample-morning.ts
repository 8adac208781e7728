import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, MINUTE } from '../../src/domain/instant.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { normalizeEntry } from '../../src/gather/normalize-entry.ts';
import { parseFeed } from '../../src/gather/parse-feed.ts';
import { parseNewsletters } from '../../src/newsletter-config.ts';
import { ROOT } from './time-program.ts';

export const NOW = '2026-03-09T06:00:00.000Z';
export const DATE = '2026-03-09';

const MORNING = join(ROOT, 'seeds', 'morning');

/** The bundled newsletter. */
export function readSampleNewsletter(): Newsletter {
  const file = join(MORNING, 'daybrief.yaml');
  const { newsletters } = parseYaml(readFileSync(file, 'utf8')) as { newsletters: unknown };
  const [first] = parseNewsletters(newsletters, file);
  if (!first) throw new Error(`${file} has no newsletter`);
  return first.newsletter;
}

/** Articles of the bundled morning, told again with other words until there are `count`; the same at every call. */
export function listSampleArticles(count: number): readonly Candidate[] {
  const morning = readMorning();
  const words = [...new Set(morning.flatMap((article) => listLongWords(article.text)))].sort();
  const articles: Candidate[] = [];
  for (let round = 0; articles.length < count; round += 1)
    articles.push(...morning.map((article) => retell(article, words, round)));
  return articles.slice(0, count);
}

function readMorning(): readonly Candidate[] {
  const articles = readdirSync(join(MORNING, 'feeds')).sort().flatMap(readFeedFile);
  return articles.filter(({ language }) => language === 'en');
}

function readFeedFile(file: string): readonly Candidate[] {
  const text = readFileSync(join(MORNING, 'feeds', file), 'utf8');
  const dated = text.replace(/@@\w+ -(\d+)m@@/g, (_, minutes: string) =>
    addTime(NOW, -Number(minutes) * MINUTE),
  );
  const url = `https://${file}.example/`;
  const parsed = parseFeed(Buffer.from(dated), { contentType: null, url, isRaw: true });
  if ('error' in parsed) throw new Error(`${file}: ${parsed.error}`);
  const feed = { url, siteUrl: parsed.url, outlet: null, language: parsed.language };
  return parsed.entries.flatMap((entry, position) => {
    const article = normalizeEntry(entry, { feed, now: NOW });
    return article ? [{ ...article, feedWeight: 1, position, themeHint: null }] : [];
  });
}

/** Each round swaps every long word for another, so its stories hold together and resemble no other round's. */
function retell(article: Candidate, words: readonly string[], round: number): Candidate {
  if (round === 0) return article;
  const places = new Map(words.map((word, place) => [word, place]));
  const swap = (text: string): string =>
    text.replace(/\p{L}{5,}/gu, (word) => {
      const place = places.get(word);
      return place === undefined ? word : (words[(place + round * 7919) % words.length] ?? word);
    });
  const url = article.url && `${article.url}?round=${round}`;
  return {
    ...article,
    key: `${article.key}?round=${round}`,
    url,
    title: swap(article.title),
    summary: swap(article.summary),
    text: swap(article.text),
  };
}

function listLongWords(text: string): readonly string[] {
  return text.match(/\p{L}{5,}/gu) ?? [];
}
