/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const GUARDED = /^'[=+\-@\t\r]/;

/** A text as one cell of a CSV (RFC 4180); what would start a formula in a spreadsheet gets an apostrophe in front. */
export function writeCsvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that writeCsvCell wrote, its quotes read already. */
export function readCsvCell(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
