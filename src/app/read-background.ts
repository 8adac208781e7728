import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Background } from '../cluster/compile-background.ts';
import { countStems } from '../cluster/count-stems.ts';
import { extendBackground } from '../cluster/extend-background.ts';
import type { Article } from '../domain/article.ts';
import type { WordCounts } from '../domain/word-counts.ts';
import { findWordCounts } from '../store/word-counts.ts';
import type { App } from './app.ts';
import { loadBackground } from './load-background.ts';

type ReadText = Pick<Article, 'title' | 'summary' | 'text' | 'language'>;

const TEXTS_AT_ONCE = 200;

/** How common the words of these texts are: the shipped lists, and what this installation has counted. */
export async function readBackground(app: App, texts: readonly ReadText[]): Promise<Background> {
  const groups = Map.groupBy(texts, ({ language }) => language);
  const counted: WordCounts[] = [];
  for (const [language, group] of groups) {
    if (language === null) continue;
    const stems = await listStems(group, language);
    const words = await findWordCounts(app.store, language, stems);
    if (words.articles > 0) counted.push(words);
  }
  return extendBackground(loadBackground(), counted);
}

async function listStems(texts: readonly ReadText[], language: string): Promise<readonly string[]> {
  const stems = new Set<string>();
  for (let start = 0; start < texts.length; start += TEXTS_AT_ONCE) {
    const some = texts.slice(start, start + TEXTS_AT_ONCE);
    for (const stem of countStems(some, language).keys()) stems.add(stem);
    await letOthersRun();
  }
  return [...stems];
}
