import type { Subject } from './name-count.ts';
import type { Figure } from './parse-figures.ts';

interface Anchor {
  readonly key: string;
  readonly words: RegExp;
  /** Printed behind the figure, by language. */
  readonly names: Readonly<Record<string, string>>;
}

const SUM_RANK = 10;
const SHARE_RANK = 20;
/** How far from a figure the word may stand that says what it is. */
const REACH = 80;

const SUMS: readonly Anchor[] = [
  anchor(
    'price',
    'buy(?:s|ing)?|bought|acqui\\p{L}+|takeover|tak(?:e|es|ing) over|merger|deal|purchase|sale|sold|bid|offer|pays?|paid|kauf\\p{L}*|übern\\p{L}+|verkauf\\p{L}*|rach\\p{L}+|acheté\\p{L}*|achat|acquisition|compr\\p{L}+|adquisici\\p{L}+|venta',
    { en: 'for the deal', de: 'Kaufpreis', fr: 'pour l’achat', es: 'por la compra' },
  ),
  anchor(
    'damage',
    'damage|claims?|losses|insur\\p{L}+|bill|rebuil\\p{L}+|repairs?|costs?|costing|cost of|schäden|schaden|versicher\\p{L}+|kosten|dégâts|dommages|assur\\p{L}+|coût\\p{L}*|daños|asegur\\p{L}+|pérdidas|coste|costo',
    { en: 'in costs', de: 'Kosten', fr: 'de coûts', es: 'en costes' },
  ),
  anchor(
    'fine',
    'fin(?:e|es|ed|ing)|penalt(?:y|ies)|settlement|geldbuße|bußgeld|strafe|amende|multa\\p{L}*|sanci\\p{L}+',
    { en: 'in fines', de: 'Geldbuße', fr: 'd’amende', es: 'de multa' },
  ),
  anchor('profit', 'profits?|net income|earnings|gewinn\\p{L}*|bénéfices?|beneficios?|ganancias?', {
    en: 'in profit',
    de: 'Gewinn',
    fr: 'de bénéfice',
    es: 'de beneficio',
  }),
  anchor(
    'stolen',
    'st(?:ole|olen|eal)|theft|heist|robb\\p{L}+|gestohlen|raub|erbeutet\\p{L}*|vol(?:é\\p{L}*)?|butin|robo|robad\\p{L}+|botín',
    {
      en: 'stolen',
      de: 'Beute',
      fr: 'volés',
      es: 'robados',
    },
  ),
  anchor(
    'raised',
    'rais(?:e|es|ed|ing)|funding round|sammelt\\p{L}*|finanzierung\\p{L}*|levé\\p{L}*|levée|recaud\\p{L}+|financiación',
    {
      en: 'raised',
      de: 'Finanzierung',
      fr: 'levés',
      es: 'recaudados',
    },
  ),
  anchor(
    'aid',
    'aid|rescue package|bailout|loan|hilf\\p{L}+|kredit|aide|prêt|ayuda\\p{L}*|préstamo|rescate',
    {
      en: 'in aid',
      de: 'Hilfe',
      fr: 'd’aide',
      es: 'de ayuda',
    },
  ),
];

const SHARES: readonly Anchor[] = [
  anchor('turnout', 'turnout|wahlbeteiligung|participation|participación', {
    en: 'turnout',
    de: 'Wahlbeteiligung',
    fr: 'de participation',
    es: 'de participación',
  }),
  anchor(
    'inflation',
    'inflation|consumer prices|verbraucherpreise|teuerung|prix à la consommation|inflación',
    {
      en: 'inflation',
      de: 'Inflation',
      fr: 'd’inflation',
      es: 'de inflación',
    },
  ),
  anchor('unemployment', 'unemployment|arbeitslosenquote|arbeitslosigkeit|chômage|desempleo|paro', {
    en: 'unemployment',
    de: 'Arbeitslosigkeit',
    fr: 'de chômage',
    es: 'de paro',
  }),
  anchor('rate', '(?:interest|key|base|main|policy) rate|leitzins|taux directeur|tipo de interés', {
    en: 'interest rate',
    de: 'Leitzins',
    fr: 'de taux directeur',
    es: 'de tipo de interés',
  }),
];

/** Sums per head, per share or per year are other sums. */
const EACH =
  /^\s?(?:per|an?|each|for each|every|apiece|a head|pro|je|par|chacun|por|al|cada)\s|^[- ](?:share|a-share)/iu;
const OTHER_SUM =
  /(?<!\p{L})(?:of which|including|up from|down from|compared with|than|from|an initial|a further|another|darunter|davon|von|dont|contre|frente a|desde)\s+$/iu;
const OTHER_SHARE =
  /(?<!\p{L})(?:core|food|energy|services|youth|monthly|quarterly|long-term|forecast\p{L}*|expect\p{L}*|predict\p{L}*|target\p{L}*|estimat\p{L}*|goal|aim\p{L}*|kern\p{L}*|ziel|erwartet\p{L}*|prognos\p{L}*|prévu\p{L}*|objectif|sous-jacente|subyacente|previst\p{L}+|objetivo|by|um|points?|ago|last year|previous)(?!\p{L})/iu;

/** What a sum of money or a percentage is about, by the nearest word that tells; null when none does. */
export function nameAmount(figure: Figure, sentence: string, language: string): Subject | null {
  const isConversion = figure.before.endsWith('(');
  if (
    isConversion ||
    OTHER_SUM.test(figure.before.slice(-30)) ||
    EACH.test(figure.after.slice(0, 20))
  )
    return null;
  const isShare = figure.unit === '%';
  if (isShare && OTHER_SHARE.test(sentence)) return null;
  const nearest = findNearest(isShare ? SHARES : SUMS, figure);
  if (!nearest) return null;
  const rank = isShare ? SHARE_RANK : SUM_RANK;
  return {
    key: `${nearest.key}:${figure.unit}`,
    about: nearest.names[language] ?? '',
    isNamed: isShare,
    rank,
  };
}

function findNearest(anchors: readonly Anchor[], { before, after }: Figure): Anchor | null {
  const found = anchors.flatMap((each) => {
    const distance = measureDistance(each.words, before, after);
    return distance <= REACH ? [{ each, distance }] : [];
  });
  return found.sort((a, b) => a.distance - b.distance)[0]?.each ?? null;
}

function measureDistance(words: RegExp, before: string, after: string): number {
  const left = before.slice(-REACH);
  const last = [...left.matchAll(words)].at(-1);
  const first = [...after.slice(0, REACH / 2).matchAll(words)][0];
  const toLeft = last ? left.length - last.index - last[0].length : Infinity;
  return Math.min(toLeft, first?.index ?? Infinity);
}

function anchor(key: string, words: string, names: Anchor['names']): Anchor {
  return { key, words: new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'giu'), names };
}
