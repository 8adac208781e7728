import snowball from 'snowball-stemmers';

const ALGORITHMS: Readonly<Record<string, string>> = {
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
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
  const algorithm = ALGORITHMS[language];
  if (algorithm === undefined) return (word) => word;
  const stemmer = snowball.newStemmer(algorithm);
  const known = new Map<string, string>();
  return (word) => {
    const stem = known.get(word) ?? stemmer.stem(word);
    known.set(word, stem);
    return stem;
  };
}
