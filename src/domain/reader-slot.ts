import { addTime, MINUTE, type Instant } from './instant.ts';
import {
  addDays,
  instantAt,
  localDateAt,
  weekdayOf,
  type LocalDate,
  type LocalTime,
  type Weekday,
} from './local-time.ts';
import type { Newsletter } from './newsletter.ts';

/** What a reader chose about when their mail comes; null is the newsletter's choice. */
interface ReaderHours {
  readonly zone: string | null;
  readonly sendTime: LocalTime | null;
  readonly weekdays: readonly Weekday[] | null;
}

/** When one reader gets an issue, and the date of theirs it is the mail of. */
export interface ReaderSlot {
  readonly at: Instant;
  readonly localDate: LocalDate;
  /** From here on it is too late for this reader. */
  readonly expiresAt: Instant;
  /** False on a weekday the reader rests. */
  readonly isWanted: boolean;
}

/** A reader's next slot is at most a day and what a clock change adds away; one more day for a date that a zone skipped. */
const DAYS_AHEAD = 3;

/** The first slot of a reader in their own zone from `frozenAt` on: there they get the newest frozen issue. */
export function findReaderSlot(
  newsletter: Pick<Newsletter, 'zone' | 'sendTime' | 'deadlineMinutes' | 'kind'>,
  reader: ReaderHours,
  frozenAt: Instant,
): ReaderSlot {
  const zone = reader.zone ?? newsletter.zone;
  const time = reader.sendTime ?? newsletter.sendTime;
  const today = localDateAt(zone, frozenAt);
  for (let days = -1; days <= DAYS_AHEAD; days += 1) {
    const localDate = addDays(today, days);
    const at = instantAt(zone, localDate, time);
    if (!at || at < frozenAt) continue;
    const isWanted = newsletter.kind !== 'daily' || isOnWeekdays(reader, localDate);
    return { at, localDate, expiresAt: addTime(at, newsletter.deadlineMinutes * MINUTE), isWanted };
  }
  throw new Error(`the zone ${zone} has no ${time} within ${DAYS_AHEAD} days of ${frozenAt}`);
}

/** True when the reader wants mail on the weekday of a date. */
export function isOnWeekdays(reader: Pick<ReaderHours, 'weekdays'>, date: LocalDate): boolean {
  return reader.weekdays?.includes(weekdayOf(date)) ?? true;
}
