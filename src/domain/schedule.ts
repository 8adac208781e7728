import { addTime, MINUTE, type Instant } from './instant.ts';
import { isHoliday } from './holiday.ts';
import { addDays, instantAt, localDateAt, weekdayOf, type LocalDate } from './local-time.ts';
import type { Newsletter } from './newsletter.ts';

/** The moments of one newsletter's morning, in order. */
export interface Morning {
  readonly date: LocalDate;
  /** Gathering for the issue ends and its draft is built. */
  readonly cutOff: Instant;
  /** The draft is frozen and its rows are queued. */
  readonly freeze: Instant;
  /** Mails go out from here on. */
  readonly slot: Instant;
  /** From here on it is too late. */
  readonly deadline: Instant;
}

type Timetable = Pick<Newsletter, 'zone' | 'sendTime' | 'weekdays' | 'deadlineMinutes'> &
  Partial<Pick<Newsletter, 'holidays'>>;

const CUT_OFF_MINUTES = 90;
const FREEZE_MINUTES = 30;

/** The morning of `date`, or null on a weekday or holiday the newsletter rests or a date its zone skipped. */
export function planMorning(newsletter: Timetable, date: LocalDate): Morning | null {
  if (!newsletter.weekdays.includes(weekdayOf(date))) return null;
  if (isHoliday(newsletter.holidays ?? [], date)) return null;
  const slot = instantAt(newsletter.zone, date, newsletter.sendTime);
  if (!slot) return null;
  return {
    date,
    cutOff: addTime(slot, -CUT_OFF_MINUTES * MINUTE),
    freeze: addTime(slot, -FREEZE_MINUTES * MINUTE),
    slot,
    deadline: addTime(slot, newsletter.deadlineMinutes * MINUTE),
  };
}

/** The morning being worked on at `now`: cut-off reached and, for `sinceDays` days back, possibly missed; oldest first. */
export function listStartedMornings(
  newsletter: Timetable,
  now: Instant,
  sinceDays = 1,
): readonly Morning[] {
  const today = localDateAt(newsletter.zone, now);
  const mornings: Morning[] = [];
  for (let days = -sinceDays; days <= 1; days += 1) {
    const morning = planMorning(newsletter, addDays(today, days));
    if (morning && morning.cutOff <= now) mornings.push(morning);
  }
  return mornings;
}

/** The next morning whose slot is after `now`, or null when the newsletter has none within a year. */
export function findNextMorning(newsletter: Timetable, now: Instant): Morning | null {
  const today = localDateAt(newsletter.zone, now);
  for (let days = -1; days <= 366; days += 1) {
    const morning = planMorning(newsletter, addDays(today, days));
    if (morning && morning.slot > now) return morning;
  }
  return null;
}
