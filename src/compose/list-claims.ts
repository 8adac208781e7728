import type { Candidate } from '../domain/article.ts';
import type { Claim } from './claim.ts';
import { listDates, listDays } from './list-dates.ts';
import { listVotes } from './list-votes.ts';
import { nameAmount } from './name-amount.ts';
import { nameCount, type Subject } from './name-count.ts';
import { parseFigures, type Figure } from './parse-figures.ts';
import { splitSentences } from './split-sentences.ts';

/** The claims of an article, in order, and the figures it says are no longer true ("to 23 from nine"). */
export interface Claims {
  readonly claims: readonly Claim[];
  readonly replaced: readonly number[];
  /** Every figure it mentions, whatever it counts. */
  readonly figures: readonly Figure[];
}

const MOST_CHARACTERS = 2_000;
/** A sentence longer than this is no sentence. */
const LONGEST = 600;

const REPLACED =
  /(?<!\p{L})(?:from|up from|revised from|earlier (?:count|figure|toll) of|previous (?:count|figure|toll) of|initial(?:ly)?|von(?: zuvor| bisher)?|zuvor|bisher|contre|au lieu de|de|desde|frente a(?: los)?)\s+$/iu;
const CHANGE =
  /(?<!\p{L})(?:rose|rises|risen|rais(?:es|ed)|climb(?:s|ed)|increas(?:es|ed)|jump(?:s|ed)|up|revis(?:es|ed)|correct(?:s|ed)|stieg|steigt|gestiegen|erhöht|korrigiert\p{L}*|passe|passé|monte|monté|revu|sube|subió|sub(?:e|ido)|eleva(?:do)?)(?!\p{L})/iu;

/** A story is asked for its claims by headline, summary and more. */
const known = new WeakMap<Candidate, Claims>();

/** Reads an article's title, summary and the beginning of its text. */
export function listClaims(article: Candidate): Claims {
  const found = known.get(article) ?? readClaims(article);
  known.set(article, found);
  return found;
}

function readClaims(article: Candidate): Claims {
  const language = article.language?.slice(0, 2) ?? 'en';
  const claims: Claim[] = [];
  const replaced: number[] = [];
  const figures: Figure[] = [];
  for (const sentence of listAllSentences(article)) {
    if (sentence.length > LONGEST) continue;
    const votes = listVotes(sentence, language);
    claims.push(...votes, ...listDates(sentence, language));
    figures.push(...votes.map(({ figure }) => figure), ...listDays(sentence, language));
    for (const figure of parseFigures(sentence, language)) {
      figures.push(figure);
      if (REPLACED.test(figure.before.slice(-40)) && CHANGE.test(sentence))
        replaced.push(figure.value);
      const subject = nameSubject(figure, sentence, language);
      if (subject) claims.push({ ...subject, figure, sentence });
    }
  }
  return { claims, replaced, figures };
}

/** The claims of one sentence. */
export function listSentenceClaims(sentence: string, language: string): readonly Claim[] {
  return parseFigures(sentence, language).flatMap((figure) => {
    const subject = nameSubject(figure, sentence, language);
    return subject ? [{ ...subject, figure, sentence }] : [];
  });
}

function nameSubject(figure: Figure, sentence: string, language: string): Subject | null {
  if (figure.unit !== '') return nameAmount(figure, sentence, language);
  return nameCount(figure, sentence, language);
}

function listAllSentences({ title, summary, text, language }: Candidate): readonly string[] {
  const body = [summary, text].flatMap((part) =>
    splitSentences(part.slice(0, MOST_CHARACTERS), language),
  );
  return [...new Set([title.slice(0, MOST_CHARACTERS), ...body])];
}
