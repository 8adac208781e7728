import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { listSections } from '../../src/cluster/list-sections.ts';
import type { Candidate } from '../../src/domain/article.ts';

/** An article with what a labeller says about it. */
export interface LabelledArticle {
  readonly candidate: Candidate;
  /** The event it is about; null when the labeller could not decide. */
  readonly event: string | null;
  /** The affair it belongs to over many days; null when nobody said. */
  readonly affair: string | null;
  /** Any of these themes is right; empty when there is no label that means one of ours. */
  readonly themes: readonly string[];
}

/** Two texts, and whether they are near-duplicates. */
export interface LabelledPair {
  readonly a: { readonly title: string; readonly text: string };
  readonly b: { readonly title: string; readonly text: string };
  readonly isSame: boolean;
  /** How the pair came about. */
  readonly stratum: string;
}

interface ArticleRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly source: string;
  readonly published: string;
  readonly lang: string;
  readonly url?: string;
  readonly feed?: string;
  readonly cluster?: string | null;
  readonly story?: string | null;
  readonly theme?: string | null;
}

interface PairRow {
  readonly title_a: string;
  readonly text_a: string;
  readonly title_b: string;
  readonly text_b: string;
  readonly label: number;
  readonly stratum: string;
}

type ThemeMap = Readonly<Record<string, string | readonly string[] | null>>;

/** Where labelled sets of others lie, when somebody has them; their texts may not be shipped. */
const SETS = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const UNDATED = '2024-01-01T00:00:00.000Z';

/** True when the labelled set is there. */
export function hasSet(name: string): boolean {
  return existsSync(locateSet(name));
}

/** Articles of a labelled set; `mapName` says which file tells what its themes are called here. */
export function readArticles(name: string, mapName?: string): readonly LabelledArticle[] {
  const map = mapName === undefined ? null : readMap(mapName);
  return readRows<ArticleRow>(name).map((row) => ({
    candidate: toCandidate(row),
    event: row.cluster ?? null,
    affair: row.story ?? null,
    themes: listThemes(row.theme ?? null, map),
  }));
}

/** Pairs of a labelled set. */
export function readPairs(name: string): readonly LabelledPair[] {
  return readRows<PairRow>(name).map((row) => ({
    a: { title: row.title_a, text: row.text_a },
    b: { title: row.title_b, text: row.text_b },
    isSame: row.label === 1,
    stratum: row.stratum,
  }));
}

function locateSet(name: string): string {
  return join(SETS, `${name}.jsonl.gz`);
}

function readRows<Row>(name: string): readonly Row[] {
  const lines = gunzipSync(readFileSync(locateSet(name)))
    .toString('utf8')
    .split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

function readMap(name: string): ThemeMap {
  return JSON.parse(readFileSync(join(SETS, 'theme_maps', `${name}.json`), 'utf8')) as ThemeMap;
}

/** Without a map a set uses our own names, but for a few. Desks differ on which politics is the world's, as the maps have it too. */
function listThemes(label: string | null, map: ThemeMap | null): readonly string[] {
  const ours = label === null ? null : map ? map[label] : (OTHER_SUBJECTS[label] ?? label);
  return [ours ?? []].flat().map((theme) => theme.toLowerCase());
}

const OTHER_SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  Environment: ['Science'],
  World: ['World', 'Politics'],
  Politics: ['Politics', 'World'],
  Travel: [],
  Education: [],
};

function toCandidate(row: ArticleRow): Candidate {
  const moment = Date.parse(row.published);
  const isDateGuessed = Number.isNaN(moment);
  return {
    key: row.id,
    url: row.url ?? null,
    title: row.title,
    summary: row.text,
    text: '',
    outlet: { key: row.source, name: row.source },
    language: row.lang,
    publishedAt: isDateGuessed ? UNDATED : new Date(moment).toISOString(),
    isDateGuessed,
    image: null,
    categories: listSections(row.feed ?? null),
    feedWeight: 1,
    position: 0,
    themeHint: null,
  };
}
