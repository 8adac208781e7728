/** What a word counts: a plain value, or a factor of the number before it. */
export interface CountingWords {
  readonly values: ReadonlyMap<string, number>;
  readonly factors: ReadonlyMap<string, number>;
}

/** Words from two to twelve or twenty in order, then the tens in order; "one" is too often an article. */
const COUNTS: Readonly<Record<string, readonly [from2: string, tens: string, others: string]>> = {
  en: [
    'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    'thirty forty fifty sixty seventy eighty ninety',
    'second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 dozen=12 twice=2 double=2 doubled=2 doubles=2 triple=3 tripled=3 half=0.5 halved=0.5',
  ],
  de: [
    'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig',
    'dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
    'hundert=100 tausend=1000 zweite=2 zweiten=2 zweiter=2 dritte=3 dritten=3 dritter=3 vierte=4 vierten=4 fünfte=5 fünften=5 dutzend=12 doppelt=2 verdoppelt=2 verdreifacht=3 hälfte=0.5 halbiert=0.5',
  ],
  fr: [
    'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt',
    'trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix',
    'cent=100 cents=100 mille=1000 deuxième=2 second=2 seconde=2 troisième=3 quatrième=4 cinquième=5 douzaine=12 dizaine=10 double=2 doublé=2 triple=3 triplé=3 moitié=0.5',
  ],
  es: [
    'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte',
    'treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    'cien=100 ciento=100 doscientos=200 trescientos=300 quinientos=500 segundo=2 segunda=2 tercer=3 tercero=3 tercera=3 cuarto=4 cuarta=4 quinto=5 quinta=5 docena=12 decena=10 doble=2 triple=3 mitad=0.5',
  ],
  it: [
    'due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti',
    'trenta quaranta cinquanta sessanta settanta ottanta novanta',
    'cento=100 mille=1000 secondo=2 seconda=2 terzo=3 terza=3 quarto=4 quarta=4 quinto=5 quinta=5 dozzina=12 decina=10 doppio=2 triplo=3 metà=0.5',
  ],
  pt: [
    'dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove vinte',
    'trinta quarenta cinquenta sessenta setenta oitenta noventa',
    'duas=2 cem=100 cento=100 duzentos=200 trezentos=300 quinhentos=500 segundo=2 segunda=2 terceiro=3 terceira=3 quarto=4 quinto=5 dúzia=12 dezena=10 dobro=2 triplo=3 metade=0.5',
  ],
  nl: [
    'twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig',
    'dertig veertig vijftig zestig zeventig tachtig negentig',
    'honderd=100 duizend=1000 tweede=2 derde=3 vierde=4 vijfde=5 dozijn=12 tiental=10 dubbel=2 verdubbeld=2 helft=0.5',
  ],
  tr: [
    'iki üç dört beş altı yedi sekiz dokuz on on-bir on-iki on-üç on-dört on-beş on-altı on-yedi on-sekiz on-dokuz yirmi',
    'otuz kırk elli altmış yetmiş seksen doksan',
    'yüz=100 ikinci=2 üçüncü=3 dördüncü=4 beşinci=5 düzine=12 yarısı=0.5 yarım=0.5',
  ],
  az: [
    'iki üç dörd beş altı yeddi səkkiz doqquz on on-bir on-iki on-üç on-dörd on-beş on-altı on-yeddi on-səkkiz on-doqquz iyirmi',
    'otuz qırx əlli altmış yetmiş səksən doxsan',
    'yüz=100 ikinci=2 üçüncü=3 dördüncü=4 beşinci=5 yarısı=0.5 yarım=0.5',
  ],
};

const FACTORS: Readonly<Record<string, string>> = {
  en: 'hundred=1e2 thousand=1e3 k=1e3 million=1e6 millions=1e6 mn=1e6 mln=1e6 m=1e6 billion=1e9 billions=1e9 bn=1e9 b=1e9 trillion=1e12 trillions=1e12 tn=1e12',
  de: 'tausend=1e3 tsd=1e3 million=1e6 millionen=1e6 mio=1e6 milliarde=1e9 milliarden=1e9 mrd=1e9 billion=1e12 billionen=1e12',
  fr: 'mille=1e3 million=1e6 millions=1e6 m=1e6 milliard=1e9 milliards=1e9 md=1e9 mds=1e9 billion=1e12 billions=1e12',
  es: 'mil=1e3 millón=1e6 millones=1e6 billón=1e12 billones=1e12',
  it: 'mila=1e3 milione=1e6 milioni=1e6 mln=1e6 miliardo=1e9 miliardi=1e9 mld=1e9',
  pt: 'mil=1e3 milhão=1e6 milhões=1e6 bilhão=1e9 bilhões=1e9 trilhão=1e12 trilhões=1e12',
  nl: 'duizend=1e3 miljoen=1e6 mln=1e6 miljard=1e9 mrd=1e9 biljoen=1e12',
  tr: 'bin=1e3 milyon=1e6 mn=1e6 milyar=1e9 trilyon=1e12',
  az: 'min=1e3 milyon=1e6 mln=1e6 milyard=1e9 mlrd=1e9 trilyon=1e12',
  ar: 'ألف=1e3 آلاف=1e3 مليون=1e6 ملايين=1e6 مليار=1e9 مليارات=1e9 تريليون=1e12',
};

/** The number words of a language, or null where we know none: numbers written out could not be told there. */
export function findCountingWords(language: string): CountingWords | null {
  const factors = FACTORS[language];
  if (factors === undefined) return null;
  const [units, tens, others] = COUNTS[language] ?? ['', '', ''];
  const counts: [string, number][] = [
    ...listSpaced(units).map((word, place): [string, number] => [word, place + 2]),
    ...listSpaced(tens).map((word, place): [string, number] => [word, (place + 3) * 10]),
    ...readPairs(others),
  ];
  return { values: new Map(counts), factors: new Map(readPairs(factors)) };
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
