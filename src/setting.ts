/** One setting: the same table feeds the reader, `config show` and the test that README.md names them all. */
export interface Setting {
  readonly key: string;
  readonly environment: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly isSecret: boolean;
  /** Why a value cannot be used, or null when it can. */
  readonly findFault: (value: string) => string | null;
}

/** A setting whose value may be anything and is no secret, unless `rest` says otherwise. */
export function setting(
  key: string,
  environment: string,
  rest: Partial<Setting> & Pick<Setting, 'meaning'>,
): Setting {
  return { key, environment, fallback: '', isSecret: false, findFault: () => null, ...rest };
}

/** The items of a comma-separated list. */
export function splitList(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s*,\s*/)
    .filter((item) => item !== '');
}

/** Why a text is not a whole number from `least` to `most`; null when it is one. */
export function findNumberFault(value: string, least: number, most: number): string | null {
  const isGood = /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
  return isGood ? null : `it must be a whole number from ${least} to ${most}`;
}

/** What stands in daybrief.yaml as the text that the environment would have: lists with commas, tables with semicolons. */
export function toText(written: unknown): string {
  if (Array.isArray(written)) return written.join(',');
  if (typeof written === 'object' && written !== null)
    return Object.entries(written)
      .map(([key, value]) => `${key}: ${toText(value)}`)
      .join('; ');
  return typeof written === 'string' ? written : JSON.stringify(written);
}
