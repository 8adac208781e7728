import { chooseWrittenNumbers } from './number-words.ts';

/** How exact a figure claims to be: `least` is "at least", `over` is "more than", `most` is "up to". */
type Bound = 'exact' | 'about' | 'least' | 'over' | 'most';

/** A number in a sentence, with what stands around it. */
export interface Figure {
  readonly value: number;
  /** Least and most that the wording allows: "about 1.9bn" is anything that rounds to it. */
  readonly range: readonly [number, number];
  readonly bound: Bound;
  /** `%`, a currency, or '' for a bare count. */
  readonly unit: string;
  /** As written, with the words that bound it: "at least 14". */
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

/** From here on two counts never agree to the last one: 2 % either way is the same. */
const MANY = 10_000;
/** A sentence longer than this is no sentence. */
const LONGEST = 600;

const BOUNDS: readonly (readonly [Bound, string])[] = [
  [
    'least',
    'at least|a minimum of|no fewer than|mindestens|wenigstens|au moins|al menos|por lo menos|almeno|pelo menos|zeker|ten minste|minstens|minst',
  ],
  [
    'over',
    'more than|over|above|upwards of|mehr als|über|plus de|más de|più di|oltre|mais de|meer dan|över|fler än',
  ],
  [
    'most',
    "up to|as many as|as much as|fewer than|less than|under|bis zu|weniger als|unter|jusqu[’']à|moins de|hasta|menos de|fino a|meno di|até|tot|maximaal|upp till",
  ],
  [
    'about',
    'about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|rund|etwa|ungefähr|fast|knapp|zirka|gut|environ|près de|presque|quelque|unos|unas|cerca de|casi|alrededor de|circa|quasi|quase|cerca de|aproximadamente|ongeveer|bijna|omkring|nästan',
  ],
];
const BOUND_WORDS = BOUNDS.map(([, words]) => words).join('|');
const BOUND_AT_END = new RegExp(`(?<![\\p{L}\\p{N}])(?:${BOUND_WORDS})\\s+$`, 'iu');

const DIGITS =
  "\\d{1,3}(?:[.,\\u00a0\\u202f’' ]\\d{3})+(?:[.,]\\d{1,2})?|(?!0\\d)\\d{1,12}(?:[.,]\\d{1,3})?";
const SIGN = '(?:US\\$|[$€£¥])\\s?';
const CURRENCY =
  'crowns?|dollars?|euros?|pounds?|francs?|yen|yuan|rupees?|pesos?|reais|kronor|kroner|Kronen|Dollar|Euro|Pfund|Franken|couronnes?|livres|dólares?|libras|coronas?|dollari|sterline|corone|coroas?|kronen|€|\\$|£';

/** The figures of a sentence in order. Dates, ages, scores and parts of names ("COVID-19", "30-day") are none. */
export function parseFigures(sentence: string, language: string): readonly Figure[] {
  if (sentence.length > LONGEST) return [];
  const words = chooseWrittenNumbers(language);
  return [...sentence.matchAll(choosePattern(language))].flatMap((match) => {
    const { number = '', magnitude, sign, currency, percent } = match.groups ?? {};
    const value = words.small.get(number.toLowerCase()) ?? parseNumber(number, language);
    const scale = magnitude ? words.magnitudes.get(magnitude.toLowerCase()) : 1;
    if (scale === undefined || !Number.isFinite(value)) return [];
    const start = sentence.slice(0, match.index);
    const bound = BOUND_AT_END.exec(start)?.[0] ?? '';
    const kind = nameBound(bound);
    const unit = percent ? '%' : nameCurrency(sign ?? currency);
    return {
      value: value * scale,
      range: measureRange({ value, scale, number, bound: kind, isCount: unit === '' }),
      bound: kind,
      unit,
      text: `${bound}${match[0]}`.trim(),
      before: start.slice(0, start.length - bound.length),
      after: sentence.slice(match.index + match[0].length),
    };
  });
}

const patterns = new Map<string, RegExp>();

function choosePattern(language: string): RegExp {
  const found = patterns.get(language);
  if (found) return found;
  const { small, magnitudes } = chooseWrittenNumbers(language);
  const listWords = (words: Iterable<string>) =>
    [...words]
      .sort((a, b) => b.length - a.length)
      .join('|')
      .replaceAll('.', '\\.');
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}][.,:/’'-]?|[#+–-])(?<sign>${SIGN})?(?<number>${DIGITS}|${listWords(small.keys())})` +
      `(?:\\s?(?<magnitude>${listWords(magnitudes.keys())})(?![\\p{L}\\p{N}]))?` +
      `(?:\\s?(?<percent>%|percent|per cent|Prozent|pour cent|por ciento|per cento|por cento|procent)|(?:[\\s-]|\\sd[ei]\\s|\\sd[’'])?(?<currency>${CURRENCY})(?!\\p{L}))?` +
      `(?![\\p{L}\\p{N}]|[-–’'/:]\\p{L}|[-–:.,/]\\d)`,
    'giu',
  );
  patterns.set(language, pattern);
  return pattern;
}

/** English writes 1,234.5 and most others 1.234,5 or 1 234,5; three digits after a lone mark of thousands are thousands. */
function parseNumber(text: string, language: string): number {
  const plain = text.replace(/[\s\u00a0\u202f’']/gu, '');
  const [thousands, decimal] = language === 'en' ? [',', '.'] : ['.', ','];
  const grouped = new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{3})+(?:\\${decimal}\\d+)?$`);
  if (grouped.test(plain)) return Number(plain.replaceAll(thousands, '').replace(decimal, '.'));
  return Number(plain.replace(',', '.'));
}

function nameBound(words: string): Bound {
  const plain = words.trim().toLowerCase();
  if (plain === '') return 'exact';
  return BOUNDS.find(([, list]) => new RegExp(`^(?:${list})$`, 'iu').test(plain))?.[0] ?? 'exact';
}

function nameCurrency(text: string | undefined): string {
  const word = (text ?? '').trim().toLowerCase();
  if (/^(?:us\$|\$|d[oó]l)/.test(word)) return '$';
  if (/^(?:€|euro)/.test(word)) return '€';
  if (/^(?:£|pound|pfund|livres|libras|sterline)/.test(word)) return '£';
  if (/^(?:crown|kron|couron|coron|coroa|corone)/.test(word)) return 'crowns';
  return word.replace(/s$/, '');
}

/** Small counts are meant as they stand; zeros at the end of larger ones, and of all that are only "about", are rounding. */
function measureRange(given: {
  readonly value: number;
  readonly scale: number;
  readonly number: string;
  readonly bound: Bound;
  readonly isCount: boolean;
}): readonly [number, number] {
  const { value, scale, number, bound, isCount } = given;
  const total = value * scale;
  const places = /[.,](\d{1,2})$/.exec(number)?.[1]?.length ?? 0;
  const step = places > 0 ? scale / 10 ** places : scale * lastPlace(value);
  const isRound = step > 1;
  const half = Math.max(
    total >= 100 || places > 0 ? step / 2 : 0,
    isCount && total >= MANY ? total / 50 : 0,
  );
  if (bound === 'most') return [0, total + half];
  if (bound === 'least') return [total, isRound ? total + 0.9 * step : total];
  if (bound === 'over') return [total, 2 * total];
  if (bound === 'about') {
    const around = Math.max(isRound || places > 0 ? step / 2 : 0, total * 0.05);
    return [total - around, total + around];
  }
  return [total - half, total + half];
}

/** 10 for 60, 10,000 for 60,000, 1 for 61. */
function lastPlace(value: number): number {
  let place = 1;
  while (value >= 10 && value % (place * 10) === 0 && place < value) place *= 10;
  return place;
}
