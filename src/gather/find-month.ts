/** Beginnings of month names in the languages feeds are seen to write them in, January first; without accents. */
const MONTHS: readonly RegExp[] = [
  /^(jan|gen|ene|янв|ιαν)/,
  /^(feb|fev|fév|фев|φεβ)/,
  /^(mar|mrt|maa|mär|мар|μαρ|μάρ)/,
  /^(apr|avr|abr|апр|απρ)/,
  /^(may$|mai$|maj$|mei$|mag|mayo|maio|май$|мая$|μαι|μάι)/,
  /^(jun|juin|giu|июн|ιουν|ιούν)/,
  /^(jul|juil|lug|июл|ιουλ|ιούλ)/,
  /^(aug|aou|aoû|ago|авг|αυγ|αύγ)/,
  /^(sep|set|сен|σεπ)/,
  /^(oct|okt|ott|out|окт|οκτ)/,
  /^(nov|ноя|νοε|νοέ)/,
  /^(dec|dez|dic|dés|déc|des$|дек|δεκ)/,
];

/** The month, 1 to 12, that a word names in full or cut short; null when it names none. */
export function findMonth(word: string): number | null {
  const lower = word.toLowerCase();
  const index = MONTHS.findIndex((month) => month.test(lower));
  return index < 0 ? null : index + 1;
}
