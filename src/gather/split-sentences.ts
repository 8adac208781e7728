const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

/** A stop that ends no sentence: of an abbreviation or an initial. */
const ABBREVIATION =
  /(?:^|[\s("“„«])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Abb|Aug|Av|Bd|Capt|Co|Col|Corp|Dec|Dr|Dra|Feb|Fr|Gen|Gov|Hon|Inc|Jan|Jr|Lt|Ltd|Maj|MM|Mme|Mr|Mrs|Ms|Mt|No|Nov|Nr|Oct|Prof|Rep|Rev|Sen|Sep|Sept|Sgt|Sr|Sra|St|Ste|Str|bzw|ca|cf|dr|etc|evtl|ggf|inkl|prof|vgl|vs)\.$/u;
/** Abbreviations that end a sentence all the same before one of these words. */
const OPENER = /^(?:A|An|At|But|He|However|In|It|On|She|That|The|They|This|We)\b/;
/** German writes "am 5. März". */
const ORDINAL = /(?:^|\s)\d{1,2}\.$/;
const MONTH = /^(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrh)/;
const COMPLETE = /[.!?…。！？؟۔।][\p{Pe}\p{Pf}\p{Pi}"'”’]*$/u;
const CUT_OFF = /(?:\.{3,}|…)["'”’»)]*$/;

/** The sentences of one paragraph in order, trimmed; together they are the paragraph. The last may be unfinished. */
export function splitSentences(paragraph: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  let before = '';
  for (const { segment, index } of sentences.segment(paragraph)) {
    if (!isOneSentence(before, segment)) {
      found.push(paragraph.slice(start, index).trim());
      start = index;
    }
    before = segment;
  }
  found.push(paragraph.slice(start).trim());
  return found.filter((sentence) => sentence !== '');
}

/** True for text that ends as a finished sentence does; false for one that trails off ("as well as with the dep..."). */
export function isComplete(text: string): boolean {
  return COMPLETE.test(text) && !CUT_OFF.test(text);
}

/** True for text whose end was cut off and marked so by dots. */
export function isCutOff(text: string): boolean {
  return CUT_OFF.test(text);
}

function isOneSentence(before: string, after: string): boolean {
  const end = before.slice(-12).trimEnd();
  return ABBREVIATION.test(end) ? !OPENER.test(after) : ORDINAL.test(end) && MONTH.test(after);
}
