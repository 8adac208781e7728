import { describe, expect, test } from 'vitest';
import type { Weekday } from '../../src/domain/local-time.ts';
import { findNextMorning, listStartedMornings, planMorning } from '../../src/domain/schedule.ts';

const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const BERLIN = {
  zone: 'Europe/Berlin',
  sendTime: '07:00',
  weekdays: EVERY_DAY,
  deadlineMinutes: 240,
};
const NUUK = { ...BERLIN, zone: 'America/Nuuk', sendTime: '23:30' };
const WORKDAYS = { ...BERLIN, weekdays: [1, 2, 3, 4, 5] as const };

describe('a morning', () => {
  test('a slot inside the gap of spring moves, and the whole morning with it', () => {
    const morning = planMorning({ ...BERLIN, sendTime: '02:30' }, '2026-03-29');
    expect(morning).toEqual({
      date: '2026-03-29',
      cutOff: '2026-03-29T00:00:00.000Z',
      freeze: '2026-03-29T01:00:00.000Z',
      slot: '2026-03-29T01:30:00.000Z',
      deadline: '2026-03-29T05:30:00.000Z',
    });
  });

  test('a slot that comes twice in autumn is the first', () => {
    const morning = planMorning({ ...BERLIN, sendTime: '02:30' }, '2026-10-25');
    expect(morning?.slot).toBe('2026-10-25T00:30:00.000Z');
  });

  test('keeps its wall clock through the year', () => {
    expect(planMorning(BERLIN, '2026-03-28')?.slot).toBe('2026-03-28T06:00:00.000Z');
    expect(planMorning(BERLIN, '2026-03-29')?.slot).toBe('2026-03-29T05:00:00.000Z');
    expect(planMorning(BERLIN, '2026-10-25')?.slot).toBe('2026-10-25T06:00:00.000Z');
  });

  test('is missing on a day of rest and on a date that never was', () => {
    expect(planMorning(WORKDAYS, '2026-03-08')).toBeNull();
    expect(planMorning({ ...BERLIN, zone: 'Pacific/Apia' }, '2011-12-30')).toBeNull();
  });
});

describe('the mornings that have started', () => {
  test('begin with the minute of the cut-off', () => {
    expect(dates(BERLIN, '2026-03-09T04:29:59.999Z')).toEqual(['2026-03-08']);
    expect(dates(BERLIN, '2026-03-09T04:30:00.000Z')).toEqual(['2026-03-08', '2026-03-09']);
  });

  test("hold tomorrow's when its cut-off is this evening", () => {
    const early = { ...BERLIN, sendTime: '00:30' };
    expect(dates(early, '2026-03-09T22:05:00.000Z')).toEqual([
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
    ]);
  });

  test('leave out days of rest', () => {
    expect(dates(WORKDAYS, '2026-03-09T12:00:00.000Z')).toEqual(['2026-03-09']);
    expect(dates(WORKDAYS, '2026-03-08T12:00:00.000Z')).toEqual([]);
  });

  test('reach further back when asked', () => {
    expect(
      listStartedMornings(WORKDAYS, '2026-03-09T12:00:00.000Z', 4).map(({ date }) => date),
    ).toEqual(['2026-03-05', '2026-03-06', '2026-03-09']);
  });
});

describe('the next morning', () => {
  test('is today until the slot, and tomorrow from the slot on', () => {
    expect(next(BERLIN, '2026-03-09T05:59:59.999Z')).toBe('2026-03-09');
    expect(next(BERLIN, '2026-03-09T06:00:00.000Z')).toBe('2026-03-10');
  });

  test('jumps over a weekend', () => {
    expect(next(WORKDAYS, '2026-03-06T06:00:00.000Z')).toBe('2026-03-09');
  });

  test('of a weekly is a week ahead', () => {
    expect(next({ ...BERLIN, weekdays: [7] }, '2026-03-08T09:00:00.000Z')).toBe('2026-03-15');
  });

  test('of a weekly whose day never was is the week after', () => {
    const weekly = { ...BERLIN, zone: 'Pacific/Apia', weekdays: [5] as const };
    expect(next(weekly, '2011-12-23T20:00:00.000Z')).toBe('2012-01-06');
  });

  test('is still the one before midnight whose slot the gap moved past midnight', () => {
    const now = '2026-03-29T01:10:00.000Z';
    expect(findNextMorning(NUUK, now)).toMatchObject({
      date: '2026-03-28',
      slot: '2026-03-29T01:30:00.000Z',
    });
  });

  test('is none when every day is a day of rest', () => {
    expect(findNextMorning({ ...BERLIN, weekdays: [] }, '2026-03-09T00:00:00.000Z')).toBeNull();
  });
});

type Timetable = Parameters<typeof planMorning>[0];

function dates(timetable: Timetable, now: string): readonly string[] {
  return listStartedMornings(timetable, now).map(({ date }) => date);
}

function next(timetable: Timetable, now: string): string | undefined {
  return findNextMorning(timetable, now)?.date;
}
