/** Short forms whose full stop does not end a sentence; in small letters, without the last stop. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st gen col lt sgt capt maj adm gov sen rep rev hon pres supt det insp ' +
    'jan feb apr jun jul aug sep sept oct nov v vs approx dept est ave blvd mt ft i.e e.g ' +
    'bzw ca z.b d.h u.a str mio mrd bspw usw mm mme mlle sr sra srta dña'
  ).split(' '),
);

/** These can stand at the end as well: what follows decides. */
const MAY_END = new Set('inc ltd co corp etc jr a.m p.m usw'.split(' '));

/** These go with a figure: "No. 10", "Art. 5", "Mar. 3". */
const BEFORE_FIGURE = new Set('no nos nr núm vol fig abs art mar dec p pp'.split(' '));

/** Languages that write ordinals with a full stop: "3. Oktober". */
const WITH_ORDINAL_STOPS = new Set(['cs', 'da', 'de', 'fi', 'hu', 'nb', 'no', 'pl', 'sk', 'tr']);

/** A quotation longer than this is taken for a lost quotation mark. */
const LONGEST_QUOTATION = 400;

const OPENERS_OF_SENTENCES =
  /^["“„«'‘(¿¡]?(?:the|a|an|he|she|it|they|we|i|you|this|that|these|those|his|her|its|their|but|and|in|on|at|as|after|for|if|when|while|what|who|why|how|there|here|now|more|most|some|many|police|officials|der|die|das|ein|eine|er|sie|es|wir|im|am)\b/i;

/**
 * The sentences of a text, in order and whole: abbreviations, initials, decimals and ellipses do not end one.
 * Built on the Unicode rules (UAX 29) of the runtime, whose false breaks are joined again.
 */
export function splitSentences(text: string, language: string | null): readonly string[] {
  const sentences: string[] = [];
  for (const piece of segmentText(text, language)) {
    const before = sentences.at(-1);
    if (before !== undefined && (isFalseBreak(before, piece) || isOrdinal(before, piece, language)))
      sentences[sentences.length - 1] = `${before} ${piece}`;
    else sentences.push(piece);
  }
  return sentences;
}

/** The rules know no end in "…", but before a capital letter it is one. */
function segmentText(text: string, language: string | null): readonly string[] {
  const segmenter = new Intl.Segmenter(language ?? undefined, { granularity: 'sentence' });
  return text
    .split(/(?<=…["”’»)]?)\s+(?=\p{Lu})/u)
    .flatMap((part) => Array.from(segmenter.segment(part), ({ segment }) => segment.trim()))
    .filter((piece) => piece !== '');
}

function isFalseBreak(before: string, piece: string): boolean {
  if (/^["”’»)]+$/u.test(piece)) return true;
  if (/^[\p{Ll},;:)\]–—-]/u.test(piece)) return !/[!?。！？]$/u.test(before);
  return isInsideQuotation(before) || endsWithAbbreviation(before, piece);
}

function isOrdinal(before: string, piece: string, language: string | null): boolean {
  if (!WITH_ORDINAL_STOPS.has(language ?? '')) return false;
  return /\b\d{1,2}\.$/.test(before) && !OPENERS_OF_SENTENCES.test(piece);
}

/** A speaker's sentences stay together: cut apart, neither would say who spoke. */
function isInsideQuotation(text: string): boolean {
  if (text.length > LONGEST_QUOTATION) return false;
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return count(/[“«]/g) > count(/[”»]/g) || count(/"/g) % 2 === 1;
}

function endsWithAbbreviation(before: string, piece: string): boolean {
  const last = /["“„«'‘(]*(\S+)\.$/u.exec(before)?.[1] ?? '';
  const word = last.toLowerCase();
  if (BEFORE_FIGURE.has(word)) return /^\d/.test(piece);
  if (MAY_END.has(word) || isInitials(last)) return !OPENERS_OF_SENTENCES.test(piece);
  return ABBREVIATIONS.has(word);
}

/** "J", "U.S", "z.B": single letters; but "I" ends a sentence. */
function isInitials(word: string): boolean {
  return /^(?:\p{L}|(?:\p{L}\.)+\p{L})$/u.test(word) && word !== 'I';
}
