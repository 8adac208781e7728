const DOUBLE = /["“”„«»「」『』‹›]/u;
const SINGLE = /(?<![\p{L}\p{N}])['‘‚]([^'‘‚]{1,600}?)['’‘](?![\p{L}\p{N}])/gu;
const PAIRED = /["“„«»「『‹]([^"“”„«»「」『』‹›]{1,600})["“”«»」』›]/gu;

/** What a text quotes, in any kind of quotation marks. */
export function listQuotations(text: string): readonly string[] {
  return [...text.matchAll(PAIRED), ...text.matchAll(SINGLE)].map((match) => match[1] ?? '');
}

/** Whether every quotation mark of a text has its partner. */
export function hasPairedMarks(text: string): boolean {
  return !DOUBLE.test(text.replace(PAIRED, ' '));
}
