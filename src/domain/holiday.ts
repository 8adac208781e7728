import { addDays, isLocalDate, type LocalDate } from './local-time.ts';

/** What a calendar file says about days without an issue. */
export interface CalendarHolidays {
  /** `2026-12-24`, or `12-25` for every year. */
  readonly days: readonly string[];
  /** One sentence for each event that is not understood. */
  readonly faults: readonly string[];
}

const LONGEST_EVENT = 60;

/** True for a date, or a month and day of every year. */
export function isHolidayText(text: string): boolean {
  return isLocalDate(text) || isLocalDate(`2024-${text}`);
}

/** True when a date is one of the holidays, in every year or in its own. */
export function isHoliday(holidays: readonly string[], date: LocalDate): boolean {
  return holidays.includes(date) || holidays.includes(date.slice(5));
}

/** The all-day events of an iCalendar text (RFC 5545): once, over several days, or yearly on the same date. Events with a time of day are no holidays. */
export function parseCalendar(text: string): CalendarHolidays {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const days: string[] = [];
  const faults: string[] = [];
  let event: Map<string, string> | null = null;
  for (const line of lines) {
    if (/^BEGIN:VEVENT$/i.test(line)) event = new Map();
    else if (/^END:VEVENT$/i.test(line) && event) {
      const read = readEvent(event);
      if (typeof read === 'string') faults.push(read);
      else days.push(...read);
      event = null;
    } else if (event) {
      const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/i.exec(line) ?? [];
      if (name) event.set(name.toUpperCase(), value.trim());
    }
  }
  if (!/^BEGIN:VCALENDAR/im.test(text)) faults.push('it is no calendar file');
  return { days: [...new Set(days)], faults };
}

/** The days of one event, or why they are not understood. */
function readEvent(event: ReadonlyMap<string, string>): readonly string[] | string {
  const name = event.get('SUMMARY') || 'an event without a name';
  const start = event.get('DTSTART') ?? '';
  if (/^\d{8}T/.test(start)) return [];
  const first = toDate(start);
  if (!first) return `"${name}" has no date that is understood`;
  const rule = event.get('RRULE');
  if (event.has('RDATE') || event.has('EXDATE')) return `"${name}" has dates added or taken out`;
  if (rule !== undefined && !isYearly(rule, first))
    return `"${name}" repeats by a rule that is not understood (${rule})`;
  const dates = listDates(first, toDate(event.get('DTEND') ?? ''));
  return rule === undefined ? dates : dates.map((date) => date.slice(5));
}

/** Every year, for ever, on the date it began: a rule may say that date once more, and nothing else. */
function isYearly(rule: string, first: LocalDate): boolean {
  const parts = rule.toUpperCase().split(';').filter(Boolean);
  const [, month = '', day = ''] = first.split('-');
  const harmless = ['INTERVAL=1', `BYMONTH=${+month}`, `BYMONTHDAY=${+day}`];
  return (
    parts.includes('FREQ=YEARLY') &&
    parts.every(
      (part) => part === 'FREQ=YEARLY' || part.startsWith('WKST=') || harmless.includes(part),
    )
  );
}

/** DTEND is the first day after it (RFC 5545, section 3.6.1). */
function listDates(first: LocalDate, end: LocalDate | null): readonly LocalDate[] {
  const dates = [first];
  for (let days = 1; days < LONGEST_EVENT && end !== null && addDays(first, days) < end; days += 1)
    dates.push(addDays(first, days));
  return dates;
}

function toDate(text: string): LocalDate | null {
  const date = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return isLocalDate(date) ? date : null;
}
