import type { Candidate } from '../domain/article.ts';
import type { OpeningNote } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { splitSentences } from './split-sentences.ts';

const MOST_WORDS = 120;

/** The newest of the notes an editor wants before the stories, at most 120 words in whole sentences; null when there is none. */
export function chooseOpeningNote(articles: readonly Candidate[]): OpeningNote | null {
  const notes = articles.filter(({ wish }) => wish?.isOpening);
  const [first, ...others] = notes;
  if (!first) return null;
  const note = others.reduce((a, b) => (b.publishedAt > a.publishedAt ? b : a), first);
  return { article: note.key, text: cutText(note), author: note.outlet.name };
}

function cutText({ title, summary, text, language }: Candidate): string {
  const whole = text || summary || title;
  let [kept, words] = ['', 0];
  for (const sentence of splitSentences(whole, language)) {
    words += countWords(sentence);
    if (words > MOST_WORDS && kept !== '') break;
    kept = `${kept} ${sentence}`.trim();
  }
  return kept;
}
