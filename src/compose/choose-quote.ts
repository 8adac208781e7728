import type { Candidate } from '../domain/article.ts';
import type { QuoteOfTheDay } from '../domain/issue.ts';
import { countWords } from './count-words.ts';
import { nameSource } from './print-story.ts';
import { splitSentences } from './split-sentences.ts';

const MOST_CHARACTERS = 5_000;
/** Longer than this is no sentence with a quotation. */
const LONGEST = 500;
const MOST_ARTICLES = 12;
const LEAST_WORDS = 6;
const MOST_WORDS = 25;

const QUOTED = '["“«„]\\s?([\\p{Lu}][^"“”«»„]{15,250}?)\\s?["”»“]';
const SAYING =
  '(?:said|says|told \\p{L}+|added|warned|sagte|sagt|erklärte|a déclaré|déclare|affirme|a dit|dijo|afirmó|declaró)';
/** Words of an office, in small or capital letters, and a name of at least two parts: "the mayor, Petra Vane". */
const SPEAKER =
  "((?:(?:the )?(?:\\p{L}[\\p{L}’'-]{1,20},? ){0,4})?\\p{Lu}[\\p{L}’'-]{1,20} \\p{Lu}[\\p{L}’'-]{1,20}(?: \\p{Lu}[\\p{L}’'-]{1,20})?)";

const QUOTE_FIRST = new RegExp(`^${QUOTED},? ${SAYING} ${SPEAKER}(?=[.,;]|$)`, 'u');
const QUOTE_THEN_SPEAKER = new RegExp(
  `^${QUOTED},? ${SPEAKER}(?:, [^,]{2,60},)? ${SAYING}(?=[.,;]|$)`,
  'u',
);
const SPEAKER_FIRST = new RegExp(`^${SPEAKER}(?:, [^,]{2,60},)? ${SAYING}[:,] ${QUOTED}`, 'u');

/** The first whole sentence that somebody with a name says and that is not printed elsewhere, of 6 to 25 words, with its source; null when there is none. */
export function chooseQuote(
  stories: readonly (readonly Candidate[])[],
  printed: string,
): QuoteOfTheDay | null {
  for (const article of stories.flatMap((articles) => articles.slice(0, MOST_ARTICLES)))
    for (const sentence of listQuoting(article)) {
      const said = readQuote(sentence);
      const words = countWords(said?.quote ?? '');
      const isFit = words >= LEAST_WORDS && words <= MOST_WORDS;
      if (said && isFit && !printed.includes(said.quote))
        return { ...said, source: nameSource(article) };
    }
  return null;
}

function listQuoting({ summary, text, language }: Candidate): readonly string[] {
  return [summary, text]
    .flatMap((part) => splitSentences(part.slice(0, MOST_CHARACTERS), language))
    .filter((sentence) => /["“«„]/.test(sentence) && sentence.length <= LONGEST);
}

function readQuote(sentence: string): Pick<QuoteOfTheDay, 'quote' | 'speaker'> | null {
  const after = QUOTE_FIRST.exec(sentence) ?? QUOTE_THEN_SPEAKER.exec(sentence);
  const [, said, speaker] = after ?? [];
  const [, named, spoken] = SPEAKER_FIRST.exec(sentence) ?? [];
  const quote = (said ?? spoken ?? '').replace(/[,\s]+$/u, '');
  const who = speaker ?? named ?? '';
  return quote === '' || who === '' ? null : { quote, speaker: who };
}
