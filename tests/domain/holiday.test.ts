import { describe, expect, test } from 'vitest';
import { isHoliday, isHolidayText, parseCalendar } from '../../src/domain/holiday.ts';

const event = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

describe('a calendar file', () => {
  test('gives all-day events: one day, several, and every year', () => {
    const once = event('DTSTART;VALUE=DATE:20260403', 'SUMMARY:Good Friday');
    expect(parseCalendar(once)).toEqual({ days: ['2026-04-03'], faults: [] });
    const several = event('DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270102');
    expect(parseCalendar(several).days).toEqual(['2026-12-31', '2027-01-01']);
    const yearly = event(
      'DTSTART;VALUE=DATE:20201225',
      'RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25',
    );
    expect(parseCalendar(yearly)).toEqual({ days: ['12-25'], faults: [] });
  });

  test('with events at a time of day has no holiday in them', () => {
    expect(parseCalendar(event('DTSTART:20260403T090000Z'))).toEqual({ days: [], faults: [] });
  });

  test.each([
    ['a rule of another kind', ['RRULE:FREQ=MONTHLY;BYDAY=1MO']],
    ['an end of the years', ['RRULE:FREQ=YEARLY;UNTIL=20300101']],
    ['a moving date', ['RRULE:FREQ=YEARLY;BYDAY=4TH;BYMONTH=11']],
    ['dates taken out', ['EXDATE;VALUE=DATE:20270403']],
  ])('says what it does not understand: %s', (_what, lines) => {
    const { days, faults } = parseCalendar(
      event('DTSTART;VALUE=DATE:20260403', 'SUMMARY:Odd', ...lines),
    );
    expect([days, faults.length, /"Odd"/.test(faults[0] ?? '')]).toEqual([[], 1, true]);
  });

  test('that is none says so, and folded lines are one', () => {
    expect(parseCalendar('<html>').faults).toEqual(['it is no calendar file']);
    expect(parseCalendar(event('DTSTART;VALUE=DATE:2026\r\n 0403')).days).toEqual(['2026-04-03']);
  });
});

test('a holiday is a date, or a month and day of every year', () => {
  expect(['2026-12-24', '12-25', '02-29', '13-01', 'xmas'].map(isHolidayText)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isHoliday(['12-25', '2026-04-03'], '2031-12-25')).toBe(true);
  expect(isHoliday(['12-25', '2026-04-03'], '2027-04-03')).toBe(false);
});
