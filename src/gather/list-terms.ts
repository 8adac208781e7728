/** Only the beginning of a long paragraph is compared. */
const MOST_WORDS = 150;
/** Inflected forms ("Norway", "Norwegian") share their first letters. */
const STEM_LENGTH = 5;
const SHORTEST_PLAIN_WORD = 5;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CAPITALISED = /^\p{Lu}/u;
/** Where a capital says nothing, since a sentence begins. */
const SENTENCE_START = /^$|[.!?:"“”„«»]\s?$/;

/** Stems that tell no event from another: days, months, and words of nearly every report. */
const EVERYDAY: ReadonlySet<string> = new Set(
  (
    'monda tuesd wedne thurs frida satur sunda janua febru march april augus septe octob novem decem ' +
    'monta diens mittw donne freit samst sonnt lundi mardi mercr jeudi vendr samed diman lunes marte mierc jueve viern ' +
    'about after again again accor added agree along alrea also altho among annou anoth arou becau befor being betwe both ' +
    'compa could count curre despi durin early earli every expec first follo forme found from furth gover group have howev ' +
    'inclu into itself known large later least local major makin many meanw membe minis month more most much natio never ' +
    'north number off offic only other over peopl place plann presi previ publi recen repor right round saying secon ' +
    'senio sever shoul since south some state still such taken takin talks that their them there these they think third this those ' +
    'three throu told today toget under until usual very week weste what when where wheth which while will with within witho ' +
    'works world would year years yeste ' +
    'aber auch beim dass diese durch einer einen gegen haben heute jahre nach nicht oder seine sich sind sowie unter werde wurde zwisc ' +
    'ainsi après aussi avant avec cette comme contr dans depui elles entre leurs mais même notam plusi pour premi selon toute ' +
    'ademá ahora aunqu contra desde donde durant entre esta hasta mient mismo para pero porqu según sobre también tiene todos ' +
    'ancak arası bütün daha diğer gibi için kadar karşı olara sonra ' +
    'barəd bütün digər görə həmçi olara sonra üçün üzrə'
  )
    .split(' ')
    .map((word) => word.slice(0, STEM_LENGTH)),
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
