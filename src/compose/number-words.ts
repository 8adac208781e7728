/** How a language writes numbers out. */
interface NumberWords {
  /** In a sentence it is too often an article. */
  readonly one: string;
  /** From two to nineteen, as far as they are known, in order; parts of one are joined by a hyphen. */
  readonly small: string;
  /** From twenty to ninety, in order. */
  readonly tens: string;
  /** Other words that state a number by themselves, with its value. */
  readonly others: string;
  /** Words that multiply the number before them; `_` stands for a space. */
  readonly factors: string;
}

const NUMBER_WORDS: Readonly<Record<string, NumberWords>> = {
  en: {
    one: 'one',
    small:
      'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty fifty sixty seventy eighty ninety',
    others:
      'second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 dozen=12 twice=2 double=2 doubled=2 doubles=2 triple=3 tripled=3 half=0.5 halved=0.5',
    factors:
      'hundred=1e2 thousand=1e3 k=1e3 million=1e6 millions=1e6 mn=1e6 mln=1e6 m=1e6 billion=1e9 billions=1e9 bn=1e9 b=1e9 trillion=1e12 trillions=1e12 tn=1e12',
  },
  de: {
    one: 'ein',
    small:
      'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
    others:
      'hundert=100 tausend=1000 zweite=2 zweiten=2 zweiter=2 dritte=3 dritten=3 dritter=3 vierte=4 vierten=4 fünfte=5 fünften=5 dutzend=12 doppelt=2 verdoppelt=2 verdreifacht=3 hälfte=0.5 halbiert=0.5',
    factors:
      'tausend=1e3 tsd=1e3 million=1e6 millionen=1e6 mio=1e6 milliarde=1e9 milliarden=1e9 mrd=1e9 billion=1e12 billionen=1e12 hundert=1e2 mio.=1e6 mrd.=1e9',
  },
  fr: {
    one: 'un',
    small:
      'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
    tens: 'vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix',
    others:
      'cent=100 cents=100 mille=1000 deuxième=2 second=2 seconde=2 troisième=3 quatrième=4 cinquième=5 douzaine=12 dizaine=10 double=2 doublé=2 triple=3 triplé=3 moitié=0.5',
    factors:
      'mille=1e3 million=1e6 millions=1e6 m=1e6 milliard=1e9 milliards=1e9 md=1e9 mds=1e9 billion=1e12 billions=1e12',
  },
  es: {
    one: 'uno',
    small:
      'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    others:
      'cien=100 ciento=100 doscientos=200 trescientos=300 quinientos=500 segundo=2 segunda=2 tercer=3 tercero=3 tercera=3 cuarto=4 cuarta=4 quinto=5 quinta=5 docena=12 decena=10 doble=2 triple=3 mitad=0.5',
    factors: 'mil=1e3 millón=1e6 millones=1e6 billón=1e12 billones=1e12 mil_millones=1e9',
  },
  it: {
    one: 'uno',
    small:
      'due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
    tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
    others:
      'cento=100 mille=1000 secondo=2 seconda=2 terzo=3 terza=3 quarto=4 quarta=4 quinto=5 quinta=5 dozzina=12 decina=10 doppio=2 triplo=3 metà=0.5',
    factors: 'mila=1e3 milione=1e6 milioni=1e6 mln=1e6 miliardo=1e9 miliardi=1e9 mld=1e9',
  },
  pt: {
    one: 'um',
    small:
      'dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove',
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
    others:
      'duas=2 cem=100 cento=100 duzentos=200 trezentos=300 quinhentos=500 segundo=2 segunda=2 terceiro=3 terceira=3 quarto=4 quinto=5 dúzia=12 dezena=10 dobro=2 triplo=3 metade=0.5',
    factors:
      'mil=1e3 milhão=1e6 milhões=1e6 bilhão=1e9 bilhões=1e9 trilhão=1e12 trilhões=1e12 mil_milhões=1e9',
  },
  nl: {
    one: 'een',
    small:
      'twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
    tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
    others:
      'honderd=100 duizend=1000 tweede=2 derde=3 vierde=4 vijfde=5 dozijn=12 tiental=10 dubbel=2 verdubbeld=2 helft=0.5',
    factors: 'duizend=1e3 miljoen=1e6 mln=1e6 miljard=1e9 mrd=1e9 biljoen=1e12 honderd=1e2',
  },
  sv: {
    one: 'en',
    small: 'två tre fyra fem sex sju åtta nio tio elva tolv',
    tens: '',
    others: '',
    factors: 'hundra=1e2 tusen=1e3 miljon=1e6 miljoner=1e6 miljard=1e9 miljarder=1e9',
  },
  tr: {
    one: 'bir',
    small:
      'iki üç dört beş altı yedi sekiz dokuz on on-bir on-iki on-üç on-dört on-beş on-altı on-yedi on-sekiz on-dokuz',
    tens: 'yirmi otuz kırk elli altmış yetmiş seksen doksan',
    others: 'yüz=100 ikinci=2 üçüncü=3 dördüncü=4 beşinci=5 düzine=12 yarısı=0.5 yarım=0.5',
    factors: 'bin=1e3 milyon=1e6 mn=1e6 milyar=1e9 trilyon=1e12',
  },
  az: {
    one: 'bir',
    small:
      'iki üç dörd beş altı yeddi səkkiz doqquz on on-bir on-iki on-üç on-dörd on-beş on-altı on-yeddi on-səkkiz on-doqquz',
    tens: 'iyirmi otuz qırx əlli altmış yetmiş səksən doxsan',
    others: 'yüz=100 ikinci=2 üçüncü=3 dördüncü=4 beşinci=5 yarısı=0.5 yarım=0.5',
    factors: 'min=1e3 milyon=1e6 mln=1e6 milyard=1e9 mlrd=1e9 trilyon=1e12',
  },
  ar: {
    one: '',
    small: '',
    tens: '',
    others: '',
    factors: 'ألف=1e3 آلاف=1e3 مليون=1e6 ملايين=1e6 مليار=1e9 مليارات=1e9 تريليون=1e12',
  },
};
/** Languages whose larger numbers are not in the table, so that one could be overlooked. */
const PARTLY_KNOWN = ['sv'];

/** What a word counts: a plain value, or a factor of the number before it. */
export interface CountingWords {
  readonly values: ReadonlyMap<string, number>;
  readonly factors: ReadonlyMap<string, number>;
}

/** Every word that states a number, but for one; null where we do not know them all: numbers written out could not be told there. */
export function findCountingWords(language: string): CountingWords | null {
  const words = NUMBER_WORDS[language];
  if (words === undefined || PARTLY_KNOWN.includes(language)) return null;
  const values = [...listSmall(words), ...listTens(words), ...readPairs(words.others)];
  return { values: new Map(values), factors: new Map(readPairs(words.factors)) };
}

/** Numbers from one to ninety-nine as they are written out, in small letters, and what multiplies them. */
export interface WrittenNumbers {
  readonly small: ReadonlyMap<string, number>;
  readonly magnitudes: ReadonlyMap<string, number>;
}

const known = new Map<string, WrittenNumbers>();

/** The written numbers of a language; those of English where we know none. */
export function chooseWrittenNumbers(language: string): WrittenNumbers {
  const key = NUMBER_WORDS[language]?.one ? language : 'en';
  const words = known.get(key) ?? writeNumbers(key, NUMBER_WORDS[key] ?? NOTHING);
  known.set(key, words);
  return words;
}

const NOTHING: NumberWords = { one: '', small: '', tens: '', others: '', factors: '' };

function writeNumbers(language: string, words: NumberWords): WrittenNumbers {
  const small: (readonly [string, number])[] = [[words.one, 1], ...listSmall(words)];
  const units = small.slice(0, 9);
  const tens = listTens(words);
  const joined = tens.flatMap(([ten, value]) =>
    units.flatMap(([unit, count]) =>
      joinNumber(language, ten, unit).map((word) => [word, value + count] as const),
    ),
  );
  const spaced = small.map(([word, value]) => [word.replace('-', ' '), value] as const);
  return {
    small: new Map([...small, ...spaced, ...tens, ...joined]),
    magnitudes: new Map(
      readPairs(words.factors).map(([word, value]) => [word.replace('_', ' '), value]),
    ),
  };
}

function joinNumber(language: string, ten: string, unit: string): readonly string[] {
  if (language === 'de') return [`${unit}und${ten}`];
  if (language === 'es') return ten === 'veinte' ? [`veinti${unit}`] : [`${ten} y ${unit}`];
  if (language === 'fr') return [`${ten}-${unit}`, `${ten} et ${unit}`];
  return [`${ten}-${unit}`, `${ten} ${unit}`];
}

function listSmall({ small }: NumberWords): readonly [string, number][] {
  return listSpaced(small).map((word, place) => [word, place + 2]);
}

function listTens({ tens }: NumberWords): readonly [string, number][] {
  return listSpaced(tens).map((word, place) => [word, (place + 2) * 10]);
}

function readPairs(text: string): [string, number][] {
  return listSpaced(text).flatMap((pair): [string, number][] => {
    const [word, value] = pair.split('=');
    return word !== undefined && value !== undefined ? [[word, Number(value)]] : [];
  });
}

function listSpaced(text: string): readonly string[] {
  return text.split(' ').filter(Boolean);
}
