import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import {
  joinStems,
  type CompiledLexicon,
  type PhraseIndex,
  type ThemeShares,
} from './compile-lexicon.ts';
import { listSections } from './list-sections.ts';
import { listWords } from './list-words.ts';

const TITLE_WEIGHT = 1.5;
/** Characters of a text that say what it is about; what follows counts for less. */
const OPENING = 250;
const REST_WEIGHT = 0.6;
const PHRASE_BONUS = 1.5;
const CATEGORY_WEIGHT = 3;
const HINT_WEIGHT = 2;
/** Doubt before any evidence, in found words: one word in a text is less sure than five of five. */
const DOUBT = 1;
const LEAST_CONFIDENCE = 0.25;
/** Reading more articles of one story tells nothing new about its theme. */
const MOST_ARTICLES = 10;

/** What a story is about: a theme slug, or null when none is clear, and how sure, 0 to 1. */
export interface ThemeAssignment {
  readonly theme: string | null;
  readonly confidence: number;
}

type Scores = Map<string, number>;

/** Assigns the theme that most of the evidence in a story's articles (the lead first) speaks for: words, categories, sections in the URL, the feed's leaning. */
export function assignTheme(
  articles: readonly Pick<
    Candidate,
    'url' | 'title' | 'summary' | 'text' | 'language' | 'categories' | 'themeHint'
  >[],
  lexicon: CompiledLexicon,
): ThemeAssignment {
  const scores: Scores = new Map();
  for (const article of articles.slice(0, MOST_ARTICLES)) {
    const index = lexicon.indexes.get(article.language ?? 'en') ?? lexicon.fallback;
    addPhrases(scores, findPhrases(article.title, index), TITLE_WEIGHT);
    const body = chooseBody(article);
    addPhrases(scores, findPhrases(body.slice(0, OPENING), index), 1);
    addPhrases(scores, findPhrases(body.slice(OPENING), index), REST_WEIGHT);
    for (const name of [...article.categories, ...listSections(article.url)])
      addCategory(scores, name, { lexicon, index });
    if (article.themeHint !== null) addScore(scores, article.themeHint, HINT_WEIGHT);
  }
  return chooseTheme(scores);
}

interface Found {
  readonly words: number;
  readonly shares: ThemeShares;
}

/** The distinct phrases of a text, the longest at each place. */
function findPhrases(text: string, index: PhraseIndex): readonly Found[] {
  const stems = listWords(text).map(index.stem);
  const found = new Map<string, Found>();
  for (let start = 0; start < stems.length; start += 1)
    for (let words = Math.min(index.longest, stems.length - start); words > 0; words -= 1) {
      const phrase = joinStems(stems.slice(start, start + words));
      const shares = index.sharesByPhrase.get(phrase);
      if (shares === undefined) continue;
      found.set(phrase, { words, shares });
      start += words - 1;
      break;
    }
  return [...found.values()];
}

function addPhrases(scores: Scores, phrases: readonly Found[], weight: number): void {
  for (const { words, shares } of phrases)
    for (const [theme, share] of shares)
      addScore(scores, theme, weight * share * (words > 1 ? PHRASE_BONUS : 1));
}

/** A category that names a theme says it outright; any other one is read like a title. */
function addCategory(
  scores: Scores,
  category: string,
  { lexicon, index }: { lexicon: CompiledLexicon; index: PhraseIndex },
): void {
  const slug = lexicon.slugByName.get(category.toLowerCase());
  if (slug !== undefined) addScore(scores, slug, CATEGORY_WEIGHT);
  else addPhrases(scores, findPhrases(category, index), TITLE_WEIGHT);
}

function addScore(scores: Scores, theme: string, score: number): void {
  scores.set(theme, (scores.get(theme) ?? 0) + score);
}

function chooseTheme(scores: Scores): ThemeAssignment {
  const [best] = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!best) return { theme: null, confidence: 0 };
  const total = [...scores.values()].reduce((sum, score) => sum + score, 0);
  const confidence = best[1] / (total + DOUBT);
  return { theme: confidence >= LEAST_CONFIDENCE ? best[0] : null, confidence };
}
