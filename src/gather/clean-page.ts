const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
const CONTROL = /[^\P{Cc}\n]/gu;

/** A page with one kind of line break, composed letters (NFC), and no invisible or control characters. */
export function cleanPage(page: string): string {
  return page
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .normalize('NFC');
}
