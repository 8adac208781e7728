import { readFileSync } from 'node:fs';
import { assignThemes } from '../cluster/assign-theme.ts';
import { clusterArticles } from '../cluster/cluster-articles.ts';
import { compareHeadlines, type HeadlinePair } from '../cluster/compare-headlines.ts';
import { compareTexts } from '../cluster/compare-texts.ts';
import { compileLexicon, type CompiledLexicon } from '../cluster/compile-lexicon.ts';
import { linkStories } from '../cluster/link-stories.ts';
import { listSections } from '../cluster/list-sections.ts';
import { rankStories } from '../compose/rank-stories.ts';
import type { Article, Candidate } from '../domain/article.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Instant } from '../domain/instant.ts';
import { MAIN_THEMES } from '../domain/main-themes.ts';
import type { RankedStory } from '../domain/story.ts';
import { keyText } from '../gather/key-text.ts';
import { parseFeed, type ParsedFeed, type Entry } from '../gather/parse-feed.ts';
import { splitWireText } from '../gather/split-wire-text.ts';
import { loadBackground } from './load-background.ts';
import { loadLexicon } from './load-lexicon.ts';
import { readClock } from './open-app.ts';

/** A feed as `daybrief parse-feed` prints it. */
export interface PrintedFeed extends Omit<ParsedFeed, 'entries'> {
  readonly entries: readonly Omit<Entry, 'source'>[];
}

/** Parses one feed document from disk. Throws BriefingError when the file is not there. */
export function parseFeedFile(
  file: string,
  options: { contentType: string | null; url: string | null; isRaw: boolean },
): PrintedFeed | { error: string } {
  const parsed = parseFeed(readBytes(file), options);
  if ('error' in parsed) return { error: parsed.error };
  return { ...parsed, entries: parsed.entries.map(({ source: _, ...entry }) => entry) };
}

/** One article of a wire text, as `daybrief ingest` prints it. */
export interface IngestedArticle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly outlet: string;
  readonly publishedAt: Instant;
  readonly language: string | null;
}

/** Splits a wire text from disk into articles. */
export function ingestFile(file: string): readonly IngestedArticle[] {
  const text = new TextDecoder().decode(readBytes(file));
  const articles = splitWireText(text, {
    outlet: { key: 'wire', name: 'Wire' },
    arrivedAt: readClock(),
  });
  return articles.map((article) => ({
    id: article.key,
    title: article.title,
    summary: article.summary,
    text: article.text,
    outlet: article.outlet.name,
    publishedAt: article.publishedAt,
    language: article.language,
  }));
}

/** A story as `daybrief cluster` prints it. */
export interface PrintedStory extends Pick<
  RankedStory,
  'lead' | 'independent' | 'theme' | 'score' | 'keywords'
> {
  readonly story: string;
  readonly articles: readonly string[];
  /** Equal for the stories that go on with each other over days. */
  readonly thread: string;
}

/** Merges the articles of a JSON Lines file into stories; every article is in exactly one. */
export function clusterArticleFile(file: string): readonly PrintedStory[] {
  const rows = readJsonLines(file);
  const cutOff = findNewest(rows) ?? readClock();
  const candidates = rows.map((row, index) => toCandidate(row, { index, undated: cutOff }));
  const articles = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  const background = loadBackground();
  const stories = clusterArticles([...articles.values()], background);
  const threads = linkStories(stories, articles, background);
  const members = stories.map((story) => story.articles.flatMap((key) => articles.get(key) ?? []));
  const guesses = assignThemes(members, compileMainThemes());
  const themes = new Map(stories.map(({ id }, place) => [id, guesses[place]!]));
  return rankStories(stories, { articles, themes, cutOff }).map((story) => ({
    story: story.id,
    articles: story.articles,
    lead: story.lead,
    independent: story.independent,
    theme: story.theme,
    score: story.score,
    keywords: story.keywords,
    thread: threads.get(story.id) ?? story.id,
  }));
}

/** Finds the likeliest theme of each article of a JSON Lines file, however unsure; together they teach each other words. */
export function classifyArticleFile(
  file: string,
): readonly { id: string; theme: string | null; confidence: number }[] {
  const undated = readClock();
  const articles = readJsonLines(file).map((row, index) => toCandidate(row, { index, undated }));
  const assigned = assignThemes(
    articles.map((article) => [article]),
    compileMainThemes(),
  );
  return articles.map(({ key }, place) => ({ id: key, ...assigned[place]! }));
}

/** Compares each pair of a JSON Lines file: near-duplicates by their texts; where neither has one, headlines of one event. */
export function comparePairFile(
  file: string,
): readonly { id: string; same: boolean; score: number }[] {
  const rows = readJsonLines(file).map((row, index) => toPair(row, { file, index }));
  const bare = rows.filter(({ a, b }) => toText(a).text === '' && toText(b).text === '');
  const reports = new Map(
    compareHeadlines(bare.map(toHeadlines), 'en', loadBackground()).map((report, index) => [
      bare[index],
      report,
    ]),
  );
  return rows.map((pair) => {
    const likeness = compareTexts(toText(pair.a), toText(pair.b));
    const report = reports.get(pair);
    return { id: pair.id, ...(report === undefined || likeness.same ? likeness : report) };
  });
}

interface PairOfRows {
  readonly id: string;
  readonly a: JsonRow;
  readonly b: JsonRow;
}

function toPair(row: JsonRow, { file, index }: { file: string; index: number }): PairOfRows {
  const { a, b } = row;
  if (isRow(a) && isRow(b)) return { id: readText(row, 'id'), a, b };
  throw new BriefingError(
    'invalid',
    `${file}, row ${index + 1}, needs {id, a: {title}, b: {title}}.`,
  );
}

/** Where one of them has no date they count as of one moment. */
function toHeadlines({ a, b }: PairOfRows, index: number): HeadlinePair {
  const isDated = readDate(a) !== null && readDate(b) !== null;
  const [left, right] = [a, b].map((row, side) => {
    const dated = isDated ? row : { ...row, publishedAt: '' };
    return toCandidate(
      { ...dated, id: '' },
      { index: index * 2 + side, undated: '1970-01-01T00:00:00.000Z' },
    );
  }) as [Candidate, Candidate];
  return { a: left, b: right };
}

function toText(row: JsonRow): { title: string; text: string } {
  return { title: readText(row, 'title'), text: readText(row, 'text') || readText(row, 'summary') };
}

type JsonRow = Readonly<Record<string, unknown>>;

function compileMainThemes(): CompiledLexicon {
  const themes = MAIN_THEMES.map((slug) => ({ slug, name: slug, words: [], cap: 1 }));
  return compileLexicon(themes, loadLexicon());
}

/** A row without a date counts as new as the newest, so that it can join the others. */
function toCandidate(row: JsonRow, context: { index: number; undated: Instant }): Candidate {
  const title = readText(row, 'title');
  const text = readText(row, 'text');
  const url = readText(row, 'url') || null;
  const outlet =
    readText(row, 'feed') || readText(row, 'source') || hostOf(url) || `article-${context.index}`;
  const publishedAt = readDate(row);
  const article: Article = {
    key: readText(row, 'id') || keyText(outlet, title),
    url,
    title,
    summary: readText(row, 'summary') || text,
    text,
    outlet: { key: outlet, name: outlet },
    language: readText(row, 'language') || null,
    publishedAt: publishedAt ?? context.undated,
    isDateGuessed: publishedAt === null,
    image: null,
    categories: listSections(readText(row, 'feed')),
  };
  return { ...article, feedWeight: 1, position: 0, themeHint: null };
}

function findNewest(rows: readonly JsonRow[]): Instant | null {
  return rows.map(readDate).reduce((a, b) => (a !== null && (b === null || a > b) ? a : b), null);
}

function readDate(row: JsonRow): Instant | null {
  const moment = Date.parse(readText(row, 'publishedAt'));
  return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}

function readText(row: JsonRow, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname : null;
}

function readJsonLines(file: string): readonly JsonRow[] {
  const lines = new TextDecoder().decode(readBytes(file)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      const row: unknown = JSON.parse(line);
      if (isRow(row)) return [row];
    } catch {
      // Falls through to the one sentence below.
    }
    throw new BriefingError(
      'invalid',
      `${file}, line ${index + 1}, is not a JSON object. Give one object a line.`,
    );
  });
}

function isRow(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new BriefingError(
      'invalid',
      `The file ${file} cannot be read (${code}). Check the path.`,
      { cause: error },
    );
  }
}
