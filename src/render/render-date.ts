import { createRequire } from 'node:module';
import type { format as Format, Locale } from 'date-fns';
import type { LocalDate } from '../domain/local-time.ts';

// Required when first used: the imports cost more than a whole CLI command may.
const require = createRequire(import.meta.url);

/** How each language writes a day in full; the ones that are not here are written in English. */
const PATTERNS: Readonly<Record<string, { locale: string; pattern: string }>> = {
  en: { locale: 'en-GB', pattern: 'EEEE, d MMMM yyyy' },
  de: { locale: 'de', pattern: 'EEEE, d. MMMM yyyy' },
  fr: { locale: 'fr', pattern: 'EEEE do MMMM yyyy' },
  es: { locale: 'es', pattern: "EEEE, d 'de' MMMM 'de' yyyy" },
  tr: { locale: 'tr', pattern: 'd MMMM yyyy EEEE' },
  az: { locale: 'az', pattern: 'd MMMM yyyy, EEEE' },
  ar: { locale: 'ar', pattern: 'EEEE، d MMMM yyyy' },
};
/** The same without weekday and year. */
const DAY_PATTERNS: Readonly<Record<string, string>> = {
  de: 'd. MMMM',
  es: "d 'de' MMMM",
};
const ENGLISH = { locale: 'en-GB', pattern: 'EEEE, d MMMM yyyy' };

/** A calendar day in words with its weekday, as the language (BCP 47, primary) writes it. */
export function renderDate(date: LocalDate, language: string): string {
  const { locale, pattern } = PATTERNS[language] ?? ENGLISH;
  return formatDate(date, locale, pattern);
}

/** A calendar day in words without its year: for one of the last weeks. */
export function renderDay(date: LocalDate, language: string): string {
  const { locale } = PATTERNS[language] ?? ENGLISH;
  return formatDate(date, locale, DAY_PATTERNS[language] ?? 'd MMMM');
}

function formatDate(date: LocalDate, locale: string, pattern: string): string {
  const { format } = require('date-fns/format') as { format: typeof Format };
  const loaded = Object.values(
    require(`date-fns/locale/${locale}`) as Readonly<Record<string, Locale>>,
  )[0];
  return format(`${date}T12:00:00`, pattern, loaded ? { locale: loaded } : {});
}
