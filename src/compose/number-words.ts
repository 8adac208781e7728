/** How a language writes numbers out: small ones as words, large ones with a magnitude. */
interface NumberWords {
  readonly small: ReadonlyMap<string, number>;
  readonly magnitudes: ReadonlyMap<string, number>;
}

const MAGNITUDES: Readonly<Record<string, string>> = {
  en: 'hundred=1e2 thousand=1e3 k=1e3 million=1e6 m=1e6 mn=1e6 mln=1e6 billion=1e9 bn=1e9 trillion=1e12 tn=1e12',
  de: 'hundert=1e2 tausend=1e3 million=1e6 millionen=1e6 mio.=1e6 mio=1e6 milliarde=1e9 milliarden=1e9 mrd.=1e9 mrd=1e9 billionen=1e12',
  fr: 'mille=1e3 million=1e6 millions=1e6 m=1e6 milliard=1e9 milliards=1e9 md=1e9 mds=1e9',
  es: 'mil=1e3 millón=1e6 millones=1e6 mil_millones=1e9 billones=1e12',
  it: 'mila=1e3 milione=1e6 milioni=1e6 miliardo=1e9 miliardi=1e9',
  pt: 'mil=1e3 milhão=1e6 milhões=1e6 mil_milhões=1e9 bilhão=1e9 bilhões=1e9',
  nl: 'honderd=1e2 duizend=1e3 miljoen=1e6 miljard=1e9',
  sv: 'hundra=1e2 tusen=1e3 miljon=1e6 miljoner=1e6 miljard=1e9 miljarder=1e9',
};

/** From one on; then the tens from twenty on. */
const SMALL: Readonly<Record<string, readonly [string, string]>> = {
  en: [
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    'twenty thirty forty fifty sixty seventy eighty ninety',
  ],
  de: [
    'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  ],
  fr: [
    'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
    'vingt trente quarante cinquante soixante',
  ],
  es: [
    'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
    'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  ],
  it: ['uno due tre quattro cinque sei sette otto nove dieci undici dodici', ''],
  pt: ['um dois três quatro cinco seis sete oito nove dez onze doze', ''],
  nl: ['een twee drie vier vijf zes zeven acht negen tien elf twaalf', ''],
  sv: ['en två tre fyra fem sex sju åtta nio tio elva tolv', ''],
};

const known = new Map<string, NumberWords>();

/** The number words of a language, in small letters; those of English where we know none. */
export function chooseNumberWords(language: string): NumberWords {
  const key = language in SMALL ? language : 'en';
  const words = known.get(key) ?? { small: listSmall(key), magnitudes: listMagnitudes(key) };
  known.set(key, words);
  return words;
}

function listSmall(language: string): ReadonlyMap<string, number> {
  const [small = '', tens = ''] = SMALL[language] ?? [];
  const values = new Map(small.split(' ').map((word, place) => [word, place + 1]));
  const units = [...values].slice(0, 9);
  for (const [place, ten] of tens.split(' ').filter(Boolean).entries()) {
    const value = (place + 2) * 10;
    values.set(ten, value);
    for (const [unit, count] of units)
      for (const word of joinNumber(language, ten, unit)) values.set(word, value + count);
  }
  return values;
}

function joinNumber(language: string, ten: string, unit: string): readonly string[] {
  if (language === 'de') return [`${unit}und${ten}`];
  if (language === 'es') return ten === 'veinte' ? [`veinti${unit}`] : [`${ten} y ${unit}`];
  if (language === 'fr') return [`${ten}-${unit}`, `${ten} et ${unit}`];
  return [`${ten}-${unit}`, `${ten} ${unit}`];
}

function listMagnitudes(language: string): ReadonlyMap<string, number> {
  const pairs = (MAGNITUDES[language] ?? '').split(' ').map((pair) => pair.split('='));
  return new Map(pairs.map(([word = '', value]) => [word.replace('_', ' '), Number(value)]));
}
