export type Catalogue = Readonly<Record<string, string>>;

/** The furniture of an email in one language: every key English has, in English where the language lacks it. */
export interface Furniture {
  /** BCP 47 primary language the words are really in. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: Catalogue;
}

/** The words for a reader's language; English when there is no catalogue for it. */
export function chooseFurniture(
  catalogues: Readonly<Record<string, Catalogue>>,
  language: string,
): Furniture {
  const chosen = chooseLanguage(catalogues, language);
  return {
    language: chosen,
    direction: directionOf(chosen),
    words: { ...catalogues['en'], ...catalogues[chosen] },
  };
}

/** The language a reader's furniture will be in: theirs when there is a catalogue for it, else English. */
export function chooseLanguage(
  catalogues: Readonly<Record<string, Catalogue>>,
  language: string,
): string {
  const primary = primaryLanguage(language);
  return Object.hasOwn(catalogues, primary) ? primary : 'en';
}

/** A phrase that counts something, in the plural form its language has for `count` (CLDR plural rules). */
export function renderCount(furniture: Furniture, key: string, count: number): string {
  const form = choosePlurals(furniture.language).select(count);
  const pattern = furniture.words[`${key}_${form}`] ?? furniture.words[`${key}_other`] ?? '';
  return renderPhrase(pattern, { count: String(count) });
}

const plurals = new Map<string, Intl.PluralRules>();

/** Making the rules of a language costs more than rendering a story. */
function choosePlurals(language: string): Intl.PluralRules {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return rules;
}

/** A phrase with its `{{places}}` filled in. */
export function renderPhrase(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}

/** `de` for `de-AT`. */
export function primaryLanguage(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}

/** The way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(primaryLanguage(language)) ? 'rtl' : 'ltr';
}

const RIGHT_TO_LEFT = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];
