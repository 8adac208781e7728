/** Only the beginning of a long paragraph is compared. */
const MOST_WORDS = 150;
/** Inflected forms ("Norway", "Norwegian") share their first letters. */
const STEM_LENGTH = 5;
const SHORTEST_PLAIN_WORD = 4;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CAPITALISED = /^\p{Lu}/u;
/** Where a capital says nothing, since a sentence begins. */
const SENTENCE_START = /^$|[.!?:"“”„«»]\s?$/;

/** Stems that tell no event from another: days, months, and words of nearly every report. */
const EVERYDAY: ReadonlySet<string> = new Set(
  [
    'monda tuesd wedne thurs frida satur sunda janua febru march april june july augus septe octob novem decem',
    'monta diens mittw donne freit samst sonnt lundi mardi mercr jeudi vendr samed diman lunes marte mierc jueve viern',
    'about above accor across added after again agree ahead alrea also altho among annou anoth around back based becam',
    'becau become been befor began being below best better between beyon both call calle came case cause could curre day',
    'days despi doing done down durin each earli early else enoug even event ever every expec face few final find first',
    'follo forme found four from full furth gave give given goes going good great group half have held help here high his',
    'hold home hour hours howev immed impor inclu indee into itsel just keep kept know known large last late later latte',
    'least leave left less like likel line littl live local long look lost made main major make makin many mean meanw might',
    'minis month more most much must name natio nearl need never new news next nine none north now number off offic often',
    'once one only open other over own part past peopl place plan plans plann point possi prese presi previ publi quite',
    'rathe real recen remai repor right roun round said same saw say sayin says seat secon see seen self senio set seven',
    'sever shall shoul show side simil since sit six small some soon south spoke state still stop such sure take taken',
    'talk talks tell ten than that thei their them then there these they thing think third this those thoug three throu',
    'time told took today toget total towar turn twice two under until upon used using usual very view want was way week',
    'weeks well went were west what when where wheth which while who whole whose will with withi witho women work worke',
    'world would year years yeste yet young',
    'aber alle auch beim dann dass denn diese doch durch eine einem einen einer eines etwa gegen habe haben hatte heute',
    'hier ihre immer jahre jedoc kein keine könne mehr muss nach nicht noch oder ohne rund schon sehr sein seine seit sich',
    'sind soll sollt sowie über unter vier viele vom wegen weil wenn werde wieder wird wurde zwei zwisc',
    'ainsi alors après aprè aussi autre avait avant avec celle cette chez comme contr dans depui deux donc elle elles',
    'encor entre être fait font hier leur leurs mais même moins notam nous parce pendan plus plusi pour premi quand sans',
    'selon sera seron sont sous trois tous tout toute très vers vient',
    'además ahora ante antes aunqu cada cuand contra desde donde durant ella entre está están esta este esto fueron haber',
    'hace hacia hasta mayor mejor mient mismo mucho otro otra para parte pero porqu puede según será sido sobre solo',
    'también tambi tant tiene todo todos tras unas unos',
    'ancak arası bütün daha diğer gibi göre için ile kadar karşı olan olara oldu sonra tüm yeni',
    'barəd belə bilər digər edib edir etdi görə həmçi idi ilə olan olara olub olunu sonra üçün üzrə yeni',
  ].flatMap((line) => line.split(' ').map((word) => word.slice(0, STEM_LENGTH))),
);

/** The names and long words of a text by stem; a name weighs 1, another word ½. */
export function listTerms(text: string): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  let count = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if ((count += 1) > MOST_WORDS) break;
    const stem = word.toLowerCase().slice(0, STEM_LENGTH);
    const weight = weighWord(word, text.slice(Math.max(0, index - 2), index));
    if (weight > 0 && !EVERYDAY.has(stem)) terms.set(stem, Math.max(weight, terms.get(stem) ?? 0));
  }
  return terms;
}

function weighWord(word: string, before: string): number {
  if (/^\p{N}+$/u.test(word)) return 0;
  const isName = CAPITALISED.test(word) && !SENTENCE_START.test(before);
  if (isName) return word.length > 1 ? 1 : 0;
  const isAcronym = word.length > 1 && word === word.toUpperCase() && CAPITALISED.test(word);
  if (isAcronym) return 1;
  return word.length >= SHORTEST_PLAIN_WORD || (CAPITALISED.test(word) && word.length >= 4)
    ? 0.5
    : 0;
}
