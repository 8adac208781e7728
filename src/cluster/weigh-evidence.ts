import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { joinStems, type CompiledLexicon, type PhraseIndex } from './compile-lexicon.ts';
import { listSections } from './list-sections.ts';
import { listWords } from './list-words.ts';

const TITLE_WEIGHT = 1.5;
/** Characters of a text that say what it is about; what follows counts for less. */
const OPENING = 250;
const REST_WEIGHT = 0.6;
const PHRASE_BONUS = 1.5;
/** What a feed's own word for its section counts, in found words. */
const CATEGORY_WEIGHT = 4;
const HINT_WEIGHT = 2.5;
/** Found words are worth the less the more there are: a long text has more of everything. */
const WORD_WEIGHT = 1.8;
/** What is left when nothing speaks for anything: most news is the world's. */
const PRIORS: Readonly<Record<string, number>> = { world: 0.15, science: -0.05, health: -0.05 };
/** Reading more articles of one story tells nothing new about its theme. */
const MOST_ARTICLES = 10;

/** What is known about an article's theme. */
export type ThemedArticle = Pick<
  Candidate,
  'url' | 'title' | 'summary' | 'text' | 'language' | 'categories' | 'themeHint'
>;

/** What speaks for each theme in a story, and the words it is made of. */
export interface Evidence {
  /** The lead's; words of other languages are not compared. */
  readonly language: string;
  /** One logarithm of odds for each slug of the lexicon. */
  readonly scores: readonly number[];
  /** Stems, with how much their place in the text counts. */
  readonly terms: ReadonlyMap<string, number>;
}

/** Weighs what a story's articles (the lead first) say themselves: words, categories, sections in the URL, the feed's leaning. */
export function weighEvidence(
  articles: readonly ThemedArticle[],
  lexicon: CompiledLexicon,
): Evidence {
  const language = articles[0]?.language ?? 'en';
  const found = lexicon.slugs.map(() => 0);
  const said = lexicon.slugs.map((slug) => PRIORS[slug] ?? 0);
  const terms = new Map<string, number>();
  const few = articles.slice(0, MOST_ARTICLES);
  for (const article of few) {
    const index = lexicon.chooseIndex(article.language);
    for (const { words, weight } of listParts(article)) {
      const stems = words.map(index.stem);
      addPhrases(found, stems, { index, weight });
      if (index.language === language) addTerms(terms, { words, stems, weight, index });
    }
    const share = 1 / few.length;
    for (const name of [...article.categories, ...listSections(article.url)]) {
      const place = lexicon.placeByName.get(name.toLowerCase());
      if (place !== undefined) said[place]! += CATEGORY_WEIGHT * share;
      else addPhrases(found, listWords(name).map(index.stem), { index, weight: TITLE_WEIGHT });
    }
    const hint = lexicon.placeByName.get(article.themeHint?.toLowerCase() ?? '');
    if (hint !== undefined) said[hint]! += HINT_WEIGHT * share;
  }
  const factor = WORD_WEIGHT / Math.sqrt(1 + found.reduce((sum, score) => sum + score, 0));
  return { language, terms, scores: said.map((score, place) => score + factor * found[place]!) };
}

/** The words of an article's title, opening and rest, with what each part counts. */
function listParts(article: Pick<ThemedArticle, 'title' | 'summary' | 'text'>) {
  const body = chooseBody(article);
  return [
    { words: listWords(article.title), weight: TITLE_WEIGHT },
    { words: listWords(body.slice(0, OPENING)), weight: 1 },
    { words: listWords(body.slice(OPENING)), weight: REST_WEIGHT },
  ];
}

function addTerms(
  terms: Map<string, number>,
  part: {
    words: readonly string[];
    stems: readonly string[];
    weight: number;
    index: PhraseIndex;
  },
): void {
  part.words.forEach((word, place) => {
    if (word.length < 2 || part.index.isStopWord(word) || /^\d+$/.test(word)) return;
    const stem = part.stems[place] ?? word;
    terms.set(stem, Math.max(part.weight, terms.get(stem) ?? 0));
  });
}

/** Adds the distinct phrases of a text, the longest at each place. */
function addPhrases(
  found: number[],
  stems: readonly string[],
  { index, weight }: { index: PhraseIndex; weight: number },
): void {
  const seen = new Set<string>();
  for (let start = 0; start < stems.length; start += 1) {
    const phrase = findPhrase(stems, start, index);
    if (phrase === null) continue;
    start += phrase.words - 1;
    if (seen.has(phrase.key)) continue;
    seen.add(phrase.key);
    const bonus = phrase.words > 1 ? PHRASE_BONUS : 1;
    for (const [theme, share] of index.sharesByPhrase.get(phrase.key) ?? [])
      found[theme]! += weight * share * bonus;
  }
}

function findPhrase(
  stems: readonly string[],
  start: number,
  index: PhraseIndex,
): { key: string; words: number } | null {
  const most = index.longestByFirst.get(stems[start] ?? '') ?? 0;
  for (let words = Math.min(most, stems.length - start); words > 0; words -= 1) {
    const key = words === 1 ? stems[start]! : joinStems(stems.slice(start, start + words));
    if (index.sharesByPhrase.has(key)) return { key, words };
  }
  return null;
}
