import stopWords from 'stopwords-iso' with { type: 'json' };
import { listWords } from './list-words.ts';

/** The words of a language that say nothing about what a text is about; none for a language nobody listed. */
export function listStopWords(language: string): readonly string[] {
  const lists: Readonly<Record<string, readonly string[]>> = stopWords;
  return (lists[language] ?? []).flatMap(listWords);
}
