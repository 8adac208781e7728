import { splitSentences } from './split-sentences.ts';

/** A word of a text as it is written. */
export interface Token {
  readonly text: string;
  /** In small letters of the language. */
  readonly key: string;
  /** True where every word has a capital: at the start of a sentence, after a colon or an opening quotation mark. */
  readonly isOpening: boolean;
  /** True when nothing but a space or a hyphen stands before it. */
  readonly isJoined: boolean;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text in order; the full stops of abbreviations are no ends: "U.S." is "US". */
export function listTokens(text: string, language: string): readonly Token[] {
  return splitSentences(text, language).flatMap((sentence) => {
    const plain = sentence.replace(/(?<!\p{L})(\p{L})\.(?=\p{L}(?!\p{L}))/gu, '$1');
    let end = 0;
    return Array.from(plain.matchAll(TOKEN), (match) => {
      const gap = plain.slice(end, match.index);
      const isOpening = end === 0 || /[:“"„«‘([]\s*$/u.test(gap);
      const isJoined = end > 0 && /^[\s-]$/u.test(gap);
      end = match.index + match[0].length;
      return { text: match[0], key: match[0].toLocaleLowerCase(language), isOpening, isJoined };
    });
  });
}

/** Whether a word is written as names are: with a capital, in capitals, or with digits in it. */
export function isNameLike({ text }: Token): boolean {
  const isCode = /\p{N}/u.test(text) && /\p{L}/u.test(text);
  return isCode || /\p{Lu}|\p{Lt}/u.test(text);
}

/** Plurals and genitives in "s" name the same. */
export function cutEnding(key: string): string {
  return key.length > 3 ? key.replace(/s$/, '') : key;
}
