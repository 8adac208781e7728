import { HOUR } from '../domain/instant.ts';
import type { Report } from './read-reports.ts';

/** A count that has grown for so long, or so much, has been brought up to date rather than denied. */
const GROWING = 3 * HOUR;
const GROWN = 2;
const SAME_HOUR = 0.5 * HOUR;

/** Whether the later of two reports brings a growing count up to date. Sums and shares do not grow by the hour. */
export function isUpdate(a: Report, b: Report): boolean {
  const [older, newer] = a.time <= b.time ? [a, b] : [b, a];
  const [before, after] = [older.claim.figure.value, newer.claim.figure.value];
  const age = newer.time - older.time;
  if (a.claim.figure.unit !== '' || after <= before) return false;
  return age > GROWING || (age >= SAME_HOUR && after > GROWN * before);
}
