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

/** Something that speaks for a theme. */
export interface Sign {
  /** The theme's place among the slugs of the lexicon. */
  readonly theme: number;
  /** A phrase of the text, the name of a section, or the theme a feed is hinted to have. */
  readonly text: string;
  readonly origin: 'text' | 'section' | 'feed';
  /** What it adds to the logarithm of the theme's odds. */
  readonly weight: number;
}

/** What speaks for each theme in a story, and the words it is made of. */
export interface Evidence {
  /** The lead's; words of other languages are not compared. */
  readonly language: string;
  /** One logarithm of odds for each slug of the lexicon: its prior and all its signs. */
  readonly scores: readonly number[];
  readonly signs: readonly Sign[];
  /** Stems, with how much their place in the text counts. */
  readonly terms: ReadonlyMap<string, number>;
}

/** Weighs what a story's articles (the lead first) say themselves: words, categories, sections in the URL, the feed's leaning. */
export function weighEvidence(
  articles: readonly ThemedArticle[],
  lexicon: CompiledLexicon,
): Evidence {
  const language = articles[0]?.language ?? 'en';
  const signs: Sign[] = [];
  const terms = new Map<string, number>();
  const few = articles.slice(0, MOST_ARTICLES);
  for (const article of few) {
    const index = lexicon.chooseIndex(article.language);
    for (const { words, weight } of listParts(article)) {
      const stems = words.map(index.stem);
      addPhrases(signs, { words, stems, index, weight });
      if (index.language === language) addTerms(terms, { words, stems, weight, index });
    }
    addFeedSigns(signs, article, { lexicon, index, share: 1 / few.length });
  }
  const weighed = weighSigns(signs);
  const scores = lexicon.slugs.map((slug) => PRIORS[slug] ?? 0);
  for (const { theme, weight } of weighed) scores[theme]! += weight;
  return { language, terms, scores, signs: weighed };
}

/** What the feed says beside the text: sections, and what it is mostly about. */
function addFeedSigns(
  signs: Sign[],
  article: ThemedArticle,
  { lexicon, index, share }: { lexicon: CompiledLexicon; index: PhraseIndex; share: number },
): void {
  for (const name of [...article.categories, ...listSections(article.url)]) {
    const theme = lexicon.placeByName.get(name.toLowerCase());
    const words = theme === undefined ? listWords(name) : [];
    if (theme !== undefined)
      signs.push({ theme, text: name, origin: 'section', weight: CATEGORY_WEIGHT * share });
    else addPhrases(signs, { words, stems: words.map(index.stem), index, weight: TITLE_WEIGHT });
  }
  const hint = article.themeHint ?? '';
  const theme = lexicon.placeByName.get(hint.toLowerCase());
  if (theme !== undefined)
    signs.push({ theme, text: hint, origin: 'feed', weight: HINT_WEIGHT * share });
}

/** Phrases of the text count the less the more of them there are; what a feed says of itself counts in full. */
function weighSigns(signs: readonly Sign[]): readonly Sign[] {
  const found = signs.filter(({ origin }) => origin === 'text');
  const factor = WORD_WEIGHT / Math.sqrt(1 + found.reduce((sum, { weight }) => sum + weight, 0));
  return signs.map((sign) => ({
    ...sign,
    weight: sign.origin === 'text' ? sign.weight * factor : sign.weight,
  }));
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

/** A part of a text, and what a phrase in it counts. */
interface Part {
  readonly words: readonly string[];
  readonly stems: readonly string[];
  readonly weight: number;
  readonly index: PhraseIndex;
}

function addTerms(terms: Map<string, number>, part: Part): void {
  part.words.forEach((word, place) => {
    if (word.length < 2 || part.index.isStopWord(word) || /^\d+$/.test(word)) return;
    const stem = part.stems[place] ?? word;
    terms.set(stem, Math.max(part.weight, terms.get(stem) ?? 0));
  });
}

/** Adds the distinct phrases of a text, the longest at each place. */
function addPhrases(signs: Sign[], { words, stems, index, weight }: Part): void {
  const seen = new Set<string>();
  for (let start = 0; start < stems.length; start += 1) {
    const phrase = findPhrase(stems, start, index);
    if (phrase === null) continue;
    if (phrase.words === 1 && index.isMistakable(words[start]!)) continue;
    const text = words.slice(start, start + phrase.words).join(' ');
    start += phrase.words - 1;
    if (seen.has(phrase.key)) continue;
    seen.add(phrase.key);
    const bonus = phrase.words > 1 ? PHRASE_BONUS : 1;
    for (const [theme, share] of index.sharesByPhrase.get(phrase.key) ?? [])
      signs.push({ theme, text, origin: 'text', weight: weight * share * bonus });
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
