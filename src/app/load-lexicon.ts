import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Lexicon } from '../cluster/compile-lexicon.ts';
import { extendLexicon } from '../cluster/extend-lexicon.ts';
import { parseYamlText } from '../config.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { PACKAGE_ROOT } from './app.ts';

let shipped: Lexicon | null = null;

/** The shipped lexicon, seeds/lexicon.yaml; read once, since that takes a while. */
export function loadLexicon(): Lexicon {
  const file = join(PACKAGE_ROOT, 'seeds', 'lexicon.yaml');
  shipped ??= parseYamlText(readFileSync(file, 'utf8'), file) as Lexicon;
  return shipped;
}

/** The shipped lexicon with the words of the owner's lexicon.yaml, when there is one beside daybrief.yaml. */
export function loadOwnLexicon(configFile: string): Lexicon {
  const file = join(dirname(configFile), 'lexicon.yaml');
  return existsSync(file) ? extendLexicon(loadLexicon(), readOwnWords(file)) : loadLexicon();
}

type Written = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function readOwnWords(file: string): Lexicon {
  const parsed = parseYamlText(readFileSync(file, 'utf8'), file) ?? {};
  const fault = findFault(parsed);
  if (fault === null) return joinLists(parsed as Written);
  throw new BriefingError(
    'invalid',
    `${file} cannot be used: ${fault}. Write a theme, below it a language, and its words behind that, as in "sport: { en: [harbour regatta, -goal] }".`,
  );
}

function findFault(lexicon: unknown): string | null {
  if (!isRecord(lexicon)) return 'it has no themes';
  for (const [slug, languages] of Object.entries(lexicon)) {
    if (!isRecord(languages)) return `"${slug}" has no languages`;
    for (const [language, words] of Object.entries(languages))
      if ([words].flat().some((word) => typeof word !== 'string'))
        return `"${slug}" in "${language}" has no words`;
  }
  return null;
}

/** An owner may write a list where the shipped lexicon has a text. */
function joinLists(written: Written): Lexicon {
  return Object.fromEntries(
    Object.entries(written).map(([slug, languages]) => [
      slug,
      Object.fromEntries(
        Object.entries(languages).map(([language, words]) => [language, [words].flat().join(', ')]),
      ),
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
