import { stem as stemEnglish } from 'porter2';
import snowball from 'snowball-stemmers';

const ALGORITHMS: Readonly<Record<string, string>> = {
  cs: 'czech',
  da: 'danish',
  de: 'german',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};

/** A stemmer that remembers the words it has seen; in a language without one every word is its own stem. */
export function chooseStemmer(language: string): (word: string) => string {
  const stemWord = chooseAlgorithm(language);
  if (stemWord === null) return (word) => word;
  const known = new Map<string, string>();
  return (word) => {
    const stem = known.get(word) ?? stemWord(word);
    known.set(word, stem);
    return stem;
  };
}

/** English has one of its own: the same stems as Snowball's (Porter 2), ten times as fast. */
function chooseAlgorithm(language: string): ((word: string) => string) | null {
  if (language === 'en') return stemEnglish;
  const algorithm = ALGORITHMS[language];
  return algorithm === undefined ? null : snowball.newStemmer(algorithm).stem;
}
