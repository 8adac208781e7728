import { findNumberFault, setting, type Setting } from './setting.ts';

/** For how many days what is told and sent is kept; null for ever. */
export interface KeepSettings {
  readonly articlesDays: number | null;
  readonly attemptsDays: number | null;
}

/** Stories are linked to those of the days before, so that many articles at least must stay. */
const LEAST_DAYS = 14;

/** The rows of the settings' table that are about how long things are kept. */
export const KEEP_SETTINGS: readonly Setting[] = [
  setting('keep_articles_days', 'DAYBRIEF_KEEP_ARTICLES_DAYS', {
    fallback: '60',
    meaning: 'days after which gathered articles are removed; 0: never. Issues stay',
    findFault: findDaysFault,
  }),
  setting('keep_attempts_days', 'DAYBRIEF_KEEP_ATTEMPTS_DAYS', {
    fallback: '180',
    meaning:
      'days after which the mail server’s replies of an ended issue are removed; 0: never. Who was sent it stays',
    findFault: findDaysFault,
  }),
];

/** The settings of what is kept out of checked values. */
export function toKeepSettings(values: Readonly<Record<string, string>>): KeepSettings {
  return {
    articlesDays: Number(values['keep_articles_days']) || null,
    attemptsDays: Number(values['keep_attempts_days']) || null,
  };
}

function findDaysFault(value: string): string | null {
  return value === '0'
    ? null
    : (findNumberFault(value, LEAST_DAYS, 36_500)?.concat(', or 0') ?? null);
}
