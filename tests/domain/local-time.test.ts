import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/domain/instant.ts';
import {
  addDays,
  instantAt,
  isLocalDate,
  isLocalTime,
  isZone,
  localDateAt,
  localTimeAt,
  weekdayOf,
} from '../../src/domain/local-time.ts';

/** A wall clock, the instant it means, and the time a clock there then shows. */
interface Row {
  readonly why: string;
  readonly zone: string;
  readonly wall: string;
  readonly instant: string | null;
  readonly shows: string;
}

const ROWS: readonly Row[] = [
  row('a two-hour gap', 'Antarctica/Troll 2027-03-28 01:30', '01:30 shows 03:30'),
  row('the minute after a two-hour gap', 'Antarctica/Troll 2027-03-28 03:00', '01:00'),
  row('a two-hour overlap', 'Antarctica/Troll 2027-10-31 01:30', '2027-10-30 23:30'),
  row('a 30-minute gap', 'Australia/Lord_Howe 2026-10-04 02:15', '2026-10-03 15:45 shows 02:45'),
  row('a 30-minute overlap', 'Australia/Lord_Howe 2027-04-04 01:40', '2027-04-03 14:40'),
  row('the end of a 30-minute overlap', 'Australia/Lord_Howe 2027-04-04 02:00', '2027-04-03 15:30'),
  row('a date that never was', 'Pacific/Apia 2011-12-30 00:00', 'never'),
  row('its last minute neither', 'Pacific/Apia 2011-12-30 23:59', 'never'),
  row('the evening before it', 'Pacific/Apia 2011-12-29 23:59', '2011-12-30 09:59'),
  row('the morning after it', 'Pacific/Apia 2011-12-31 00:00', '2011-12-30 10:00'),
  row('a date lived twice', 'Pacific/Kwajalein 1969-09-30 12:00', '01:00'),
  row('a date skipped by an atoll', 'Pacific/Kwajalein 1993-08-21 12:00', 'never'),
  row('a gap at midnight', 'Africa/Cairo 2025-04-25 00:30', '2025-04-24 22:30 shows 01:30'),
  row('a gap that ends tomorrow', 'America/Nuuk 2027-03-27 23:30', '2027-03-28 01:30 shows 00:30'),
  row('an overlap across midnight', 'America/Santiago 2027-04-03 23:15', '2027-04-04 02:15'),
  row('a southern gap', 'Pacific/Auckland 2026-09-27 02:59', '2026-09-26 14:59 shows 03:59'),
  row('a gap on a Friday', 'Asia/Jerusalem 2027-03-26 02:00', '00:00 shows 03:00'),
  row('a quarter-hour overlap', 'Pacific/Chatham 2027-04-04 02:50', '2027-04-03 13:05'),
  row('a quarter-hour gap', 'Pacific/Chatham 2026-09-27 03:00', '2026-09-26 14:15 shows 04:00'),
  row('a gap in a half-hour zone', 'America/St_Johns 2027-03-14 02:15', '05:45 shows 03:15'),
  row('an overlap in a half-hour zone', 'Australia/Adelaide 2027-04-04 02:30', '2027-04-03 16:00'),
  row('winter time that is the summer rule', 'Europe/Dublin 2026-12-24 07:00', '07:00'),
  row('a spring that goes back for Ramadan', 'Africa/El_Aaiun 2025-02-23 02:30', '01:30'),
  row('a law of the last minute', 'Europe/Istanbul 2016-10-30 03:30', '00:30'),
  row('an offset of 45 minutes', 'Asia/Kathmandu 2026-01-01 00:00', '2025-12-31 18:15'),
  row('the first zone of the day', 'Pacific/Kiritimati 2026-06-10 07:00', '2026-06-09 17:00'),
  row('the last zone of the day', 'Etc/GMT+12 2026-06-10 07:00', '19:00'),
  row('a leap day', 'Europe/Berlin 2028-02-29 07:00', '06:00'),
  row('the first of two half past two', 'Europe/Berlin 2026-10-25 02:30', '00:30'),
  row('a zone that gave up summer', 'America/Sao_Paulo 2026-11-01 00:15', '03:15'),
];

/** `written` is `ZONE DATE TIME`; `means` is UTC, with its date only where it differs, and what a clock then shows. */
function row(why: string, written: string, means: string): Row {
  const [zone = '', date = '', time = ''] = written.split(' ');
  const [utc = '', shows = time] = means.split(' shows ');
  const full = utc.includes(' ') ? utc.replace(' ', 'T') : `${date}T${utc}`;
  const instant = utc === 'never' ? null : `${full}:00.000Z`;
  return { why, zone, wall: `${date} ${time}`, instant, shows };
}

/** What the runtime's own calendar shows, asked without our code. */
function askIntl(zone: string, instant: string): string {
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(instant));
}

describe('a wall clock in a zone', () => {
  test.each(ROWS)('$why: $zone $wall', ({ zone, wall, instant }) => {
    const [date = '', time = ''] = wall.split(' ');
    expect(instantAt(zone, date, time)).toBe(instant);
  });

  test.each(ROWS.filter(({ instant }) => instant !== null))(
    'agrees with the calendar of the runtime: $zone $wall',
    ({ zone, instant, shows }) => {
      const shown = askIntl(zone, instant ?? '');
      expect(shown.slice(11)).toBe(shows);
      expect(`${localDateAt(zone, instant ?? '')} ${localTimeAt(zone, instant ?? '')}`).toBe(shown);
    },
  );

  test('always shows the time asked for, or one that is later by a gap', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const date = fc.integer({ min: 0, max: 8_000 }).map((days) => addDays('2010-01-01', days));
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(zones, date, time, (zone, day, clock) => {
        const instant = instantAt(zone, day, clock);
        if (instant === null) return localDateAt(zone, `${addDays(day, 1)}T12:00:00.000Z`) !== day;
        const wall = Date.parse(`${day}T${clock}:00Z`);
        const shown = Date.parse(`${askIntl(zone, instant).replace(' ', 'T')}:00Z`);
        return shown === wall || (shown > wall && shown - wall <= 120 * MINUTE);
      }),
      { numRuns: 500 },
    );
  });

  test('an old name of a zone means the same instant', () => {
    const said = ['2026-10-25', '03:30'] as const;
    expect(instantAt('Europe/Kiev', ...said)).toBe(instantAt('Europe/Kyiv', ...said));
  });
});

describe('the calendar', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '', '2026-04-31'])(
    '%j is no date',
    (text) => {
      expect(isLocalDate(text)).toBe(false);
    },
  );

  test.each(['24:00', '7:00', '07:60', '07:00:00', '', '07.00'])('%j is no time', (text) => {
    expect(isLocalTime(text)).toBe(false);
  });

  test.each(['Mars/Olympus', '', '+02:00', 'Europe/Berlin ', '1', '../etc/passwd'])(
    '%j is no zone',
    (text) => {
      expect(isZone(text)).toBe(false);
    },
  );

  test('knows real dates, times and zones', () => {
    expect([isLocalDate('2028-02-29'), isLocalTime('00:00'), isLocalTime('23:59')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(['Etc/UTC', 'Europe/Kiev', 'Asia/Kolkata'].map(isZone)).toEqual([true, true, true]);
  });

  test('counts days over months, leap days and summer time', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  });

  test('a week begins on Monday', () => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((days) => weekdayOf(addDays('2026-03-09', days)));
    expect(week).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

interface Case {
  readonly zone: string;
  readonly date: string;
  readonly local: string;
  readonly expectUtc: string | null;
  readonly note: string;
}

const CASES_FILE = join(import.meta.dirname, '../../../shared/data/dst.json');
const RUNTIME = process.versions['tz'] ?? '';

describe.skipIf(!hasCases())('the collected cases of odd clocks', () => {
  for (const { zone, date, local, expectUtc, note } of readCases()) {
    const needed = /\b20\d\d[a-z](\/[a-z])?/.exec(note.split('Debian')[0] ?? '')?.[0] ?? '';
    const isTooNew = needed.slice(0, 5) > RUNTIME;
    if (isTooNew)
      console.warn(
        `SKIPPED ${zone} ${date} ${local}: it needs zone data ${needed}, this runtime has ${RUNTIME}`,
      );
    test.skipIf(isTooNew)(`${zone} ${date} ${local}`, () => {
      const expected = expectUtc === null ? null : new Date(expectUtc).toISOString();
      expect(instantAt(zone, date, local), note).toBe(expected);
    });
  }
});

function hasCases(): boolean {
  if (existsSync(CASES_FILE)) return true;
  console.warn('SKIPPED the collected cases of odd clocks: ../shared/data/dst.json is not there');
  return false;
}

function readCases(): readonly Case[] {
  if (!existsSync(CASES_FILE)) return [{ zone: '-', date: '', local: '', expectUtc: '', note: '' }];
  return JSON.parse(readFileSync(CASES_FILE, 'utf8')) as Case[];
}
