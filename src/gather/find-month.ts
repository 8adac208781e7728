/** Beginnings of month names in the languages feeds are seen to write them in, January first; in lower case, without accents. */
const MONTHS: readonly RegExp[] = [
  /^(jan|gen|ene|ian|sty|oca|sij|sau|tammi|led(en|na|$)|янв|січ|яну|јан|ιαν|يناير|ב?ינואר)/,
  /^(feb|fev|lut|sub|velj|helmi|uno|фев|лют|феб|φεβ|فبراير|ב?פברואר)/,
  /^(mar(?!ras)|mrt|mrz|maa|maerz|bre|ozu|мар|бер|μαρ|مارس|ב?מר[סץ])/,
  /^(apr|avr|abr|kwi|nis|huhti|dub(en|na|$)|апр|кві|απρ|ابريل|ב?אפריל)/,
  /^(may$|mayıs|mayo|mai$|maio|maj|mei$|mag|kve|touko|svib|маи$|мая$|трав|мај|μαι|مايو|ב?מאי)/,
  /^(jun|juin|giu|iun|cze|haz|kesa|cer(ven|vna|$)(?!e?c)|lipanj|lipnj|июн|чер|юни|јун|ιουν|يونيو|ב?יוני)/,
  /^(jul|juil|lug|iul|lip(ca|iec|$)|tem|heina|cerven?e?c|srpanj|srpnj|июл|лип|юли|јул|ιουλ|يوليو|ב?יולי)/,
  /^(aug|aou|ago|agu|sie|elo|srp(en|na|$)|авг|сер|αυγ|اغسطس|ב?אוגוסט)/,
  /^(sep|set|sze|wrz|eyl|syys|zari|ruj|сен|вер|септ|σεπ|سبتمبر|ב?ספטמבר)/,
  /^(oct|okt|ott|out|paz|eki|loka|rij|окт|жов|οκτ|اكتوبر|ב?אוקטובר)/,
  /^(nov|noi|lis|kas|marras|stud|ноя|лис|ное|нов|νοε|نوفمبر|ב?נובמבר)/,
  /^(dec|dez|dic|des$|gru|ara|joulu|pros|дек|гру|дец|δεκ|ديسمبر|ב?דצמבר)/,
];

/** The month, 1 to 12, that a word names in full or cut short; null when it names none. */
export function findMonth(word: string): number | null {
  const plain = word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const index = MONTHS.findIndex((month) => month.test(plain));
  return index < 0 ? null : index + 1;
}
