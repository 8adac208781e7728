import type { LocalTime } from './local-time.ts';

/** The part of a day people greet each other by. */
export type PartOfDay = 'morning' | 'afternoon' | 'evening';

/** The part of the day at a wall-clock time; who is still up before 04:00 has their evening. */
export function partOfDayAt(time: LocalTime): PartOfDay {
  if (time < '04:00' || time >= '18:00') return 'evening';
  return time < '12:00' ? 'morning' : 'afternoon';
}
