import stopWords from 'stopwords-iso' with { type: 'json' };
import type { SourceText } from '../domain/rewording.ts';
import { listFigures, type Figure } from './list-figures.ts';
import { cutEnding, isNameLike, listTokens, type Token } from './list-names.ts';
import { listQuotations } from './list-quotations.ts';

/** How long a beginning tells a longer word. */
export const STEM_LENGTH = 5;

/** All that the sources of a story hold, read once for all its texts. */
export interface Evidence {
  readonly language: string;
  readonly keys: ReadonlySet<string>;
  /** Beginnings of the longer words, so that an inflected one counts too. */
  readonly stems: ReadonlySet<string>;
  /** Words that stand with a capital somewhere, and those that stand without. */
  readonly capitals: ReadonlySet<string>;
  readonly smalls: ReadonlySet<string>;
  /** Two words next to each other. */
  readonly pairs: ReadonlySet<string>;
  readonly figures: readonly Figure[];
  /** The words of every quotation, with a space around each. */
  readonly quotations: readonly string[];
  readonly stops: ReadonlySet<string>;
}

/** Reads the sources of a story, for checkRewording. `language` is a BCP 47 primary language. */
export function readEvidence(sources: readonly SourceText[], language: string): Evidence {
  const texts = sources.flatMap(({ outlet, title, text }) => [outlet, title, text]);
  const tokens = texts.map((text) => listTokens(text, language));
  const all = tokens.flat();
  const keysOf = (list: readonly Token[]) => new Set(list.map(({ key }) => cutEnding(key)));
  return {
    language,
    keys: keysOf(all),
    stems: new Set(all.map(({ key }) => key.slice(0, STEM_LENGTH))),
    capitals: keysOf(all.filter(isNameLike)),
    smalls: keysOf(all.filter((token) => !isNameLike(token))),
    pairs: new Set(tokens.flatMap((list) => list.slice(1).map((token, i) => pair(list[i], token)))),
    figures: texts.flatMap((text) => listFigures(text, language)),
    quotations: texts
      .flatMap(listQuotations)
      .map((quotation) => spellOut(listTokens(quotation, language))),
    stops: new Set(listStopWords(language)),
  };
}

/** Two words next to each other, as `pairs` has them. */
export function pair(a: Token | undefined, b: Token): string {
  return `${cutEnding(a?.key ?? '')} ${cutEnding(b.key)}`;
}

/** The words of a quotation, as `quotations` has them. */
export function spellOut(tokens: readonly Token[]): string {
  return ` ${tokens.map(({ key }) => key).join(' ')} `;
}

function listStopWords(language: string): readonly string[] {
  const lists: Readonly<Record<string, readonly string[]>> = stopWords;
  return lists[language] ?? [];
}
