import { findCountingWords, type CountingWords } from './number-words.ts';

/** A number as a text states it: `1.9bn` and `1.9 billion` are the same one. */
export interface Figure {
  /** The value in plain digits, or a number word as it is written where it cannot be told. */
  readonly value: string;
  /** `%`, `pp` (percentage points), a currency sign, or ''. */
  readonly unit: string;
  /** The longer words among six on each side, small, the nearest first. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const NUMBER = /(?<!\d)\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’\u00a0\u202f]\d+)*/gu;
/** How far around a number is looked, in characters and in words. */
const SIGHT = 80;
const WORDS_IN_SIGHT = 6;
const LONGER = 4;
const WORD = /[\p{L}\p{M}]+/gu;
/** Fractions, circled digits and Roman numerals that are one character each. */
const SINGLE = /[\p{No}\p{Nl}]/gu;

/** Numbers written as one long word, which are compared as they stand. */
const LONG_WORDS: Readonly<Record<string, RegExp>> = {
  de: /hundert|tausend|und(?:zwan|drei|vier|fünf|sech|sieb|acht|neun)/u,
  nl: /honderd|duizend|(?:en|ën)\p{L}+tig$/u,
  it: /^(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[iaou]?\p{L}{2,}|cento$/u,
  es: /^veinti|cient[oa]s$/u,
  pt: /[zs]ent[oa]s$/u,
};

const UNITS: readonly { unit: string; before: RegExp; after: RegExp }[] = [
  {
    unit: 'pp',
    before: /(?!)/u,
    after:
      /^[\s-]?(?:percentage points?|points? de pourcentage|prozentpunkte?n?|puntos porcentuales|punti percentuali|pontos percentuais|procentpunt(?:en)?)/iu,
  },
  {
    unit: '%',
    before: /(?:[%٪]|\b(?:yüzde|faiz)\s)$/iu,
    after:
      /^[\s-]?(?:[%٪]|percent(?!age)|per\s?cent|prozent(?!punkt)|pour cent|por ciento|por cento|procent(?!punt)|faiz|بالمئة|بالمائة|في المئة|في المائة)/iu,
  },
  {
    unit: '$',
    before: /(?:\$|\bUSD)\s?$/u,
    after: /^[\s-]?(?:\$|USD|(?:US[- ])?(?:dollars?|d[oó]lar(?:es)?|dollari)\b|دولار)/iu,
  },
  { unit: '€', before: /(?:€|\bEUR)\s?$/u, after: /^[\s-]?(?:€|EUR|euros?\b|avro|يورو)/iu },
  { unit: '£', before: /(?:£|\bGBP)\s?$/u, after: /^[\s-]?(?:£|GBP|pounds?\b|pfund|libras)/iu },
  { unit: '¥', before: /¥\s?$/u, after: /^[\s-]?(?:¥|yen\b|yuan\b)/iu },
];

/** Every number in a text, in digits of any script and in words of the language. */
export function listFigures(text: string, language: string): readonly Figure[] {
  const plain = writeWesternDigits(text);
  const words = findCountingWords(language);
  const digits = [...plain.matchAll(NUMBER)].map((match) => ({
    value: parseNumber(match[0], language) * signBefore(plain, match.index),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const figures = [...digits, ...listWordNumbers(plain, words)].map((mention) =>
    readMention(plain, mention, words),
  );
  const singles = (plain.match(SINGLE) ?? []).map((value) => ({
    value,
    unit: '',
    before: [],
    after: [],
  }));
  return [...figures, ...listLongWords(plain, language), ...singles];
}

interface Mention {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** Takes in what follows (`million`, `%`, `euros`) and the sign before. */
function readMention(text: string, mention: Mention, words: CountingWords | null): Figure {
  let { value, end } = mention;
  for (;;) {
    const next = /^[\s-]?(\p{L}+)(?![\p{L}\p{M}])(?:\.(?=\s))?/u.exec(text.slice(end, end + 30));
    const factor = words?.factors.get(next?.[1]?.toLowerCase() ?? '');
    if (!next || factor === undefined) break;
    value *= factor;
    end += next[0].length;
  }
  const [before, after] = [text.slice(0, mention.start), text.slice(end)];
  const found = UNITS.find((unit) => unit.after.test(after) || unit.before.test(before));
  return {
    value: String(Number(value.toPrecision(12))),
    unit: found?.unit ?? '',
    before: listLonger((before.slice(-SIGHT).match(WORD) ?? []).reverse()),
    after: listLonger(after.slice(0, SIGHT).match(WORD) ?? []),
  };
}

function listLonger(nearest: readonly string[]): readonly string[] {
  const words = nearest.slice(0, WORDS_IN_SIGHT).map((word) => word.toLowerCase());
  return words.filter((word) => word.length >= LONGER);
}

function listWordNumbers(text: string, words: CountingWords | null): readonly Mention[] {
  const tokens = words ? [...text.matchAll(WORD)] : [];
  const mentions: Mention[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const [token, next] = [tokens[place], tokens[place + 1]];
    if (!token) continue;
    const first = token[0].toLowerCase();
    const end = token.index + first.length;
    const isNear = next?.index === end + 1 && /[\s-]/.test(text[end] ?? '');
    const second = isNear ? next[0].toLowerCase() : '';
    const value = words?.values.get(first);
    const joined = words?.values.get(`${first}-${second}`) ?? addUnit(value, second, words);
    if (joined !== undefined) place += 1;
    const found = joined ?? value;
    const length = joined === undefined ? first.length : first.length + 1 + second.length;
    if (found !== undefined)
      mentions.push({ value: found, start: token.index, end: token.index + length });
  }
  return mentions;
}

/** "twenty-five" */
function addUnit(
  tens: number | undefined,
  word: string,
  words: CountingWords | null,
): number | undefined {
  const unit = word === 'one' ? 1 : words?.values.get(word);
  const isPair = tens !== undefined && tens >= 20 && tens < 100 && tens % 10 === 0;
  return isPair && unit !== undefined && unit >= 1 && unit <= 9 ? tens + unit : undefined;
}

function listLongWords(text: string, language: string): readonly Figure[] {
  const pattern = LONG_WORDS[language];
  if (!pattern) return [];
  const words = (text.match(WORD) ?? []).map((word) => word.toLowerCase());
  return words
    .filter((word) => pattern.test(word))
    .map((value) => ({ value, unit: '', before: [], after: [] }));
}

/** Digits of every script as 0 to 9; Unicode keeps the ten of a script in a row. */
function writeWesternDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let before = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
    return String(before % 10);
  });
}

/** `1,900` is 1900 in English and 1.9 in German; a separator that comes twice, or before three digits only, groups. */
function parseNumber(text: string, language: string): number {
  const separators = text.match(/[^\d]/g) ?? [];
  const last = separators.at(-1);
  if (last === undefined) return Number(text);
  const isMixed = separators.some((separator) => separator !== last);
  const isRepeated = separators.filter((separator) => separator === last).length > 1;
  const isTriple = /[^\d]\d{3}$/.test(text);
  const isDecimal =
    (last === '.' || last === ',') &&
    !isRepeated &&
    (isMixed || !isTriple || last === findDecimalSign(language));
  const place = text.lastIndexOf(last);
  const whole = text.slice(0, isDecimal ? place : undefined).replace(/[^\d]/g, '');
  return Number(isDecimal ? `${whole}.${text.slice(place + 1)}` : whole);
}

function findDecimalSign(language: string): string {
  const parts = new Intl.NumberFormat(language).formatToParts(1.1);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

function signBefore(text: string, place: number): number {
  return /(?:^|\s)[-−]$/u.test(text.slice(Math.max(0, place - 2), place)) ? -1 : 1;
}
