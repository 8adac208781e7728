import { addTime, DAY, timeBetween, type Instant } from './instant.ts';
import { isLocalDate, type LocalDate } from './local-time.ts';

/** The plan by which a new sender begins with few mails, so that receivers learn to know it: twice as many every day. */
export interface WarmUp {
  /** Its first day, which begins at 00:00 UTC. */
  readonly from: LocalDate;
  /** Mails on the first day. */
  readonly first: number;
}

/** Reads `50 from 2026-03-09`; null when it is not that. */
export function parseWarmUp(text: string): WarmUp | null {
  const [, first, from = ''] = /^([1-9]\d{0,5}) from (\d{4}-\d{2}-\d{2})$/.exec(text.trim()) ?? [];
  return first && isLocalDate(from) ? { from, first: Number(first) } : null;
}

/** Mails on the day of an instant, and, for `days` more than 0, on it and so many days after it. */
export function limitWarmUp({ from, first }: WarmUp, at: Instant, days = 0): number {
  let sum = 0;
  for (let day = 0; day <= days && sum < Number.MAX_SAFE_INTEGER; day += 1) {
    const age = Math.floor(timeBetween(`${from}T00:00:00.000Z`, addTime(at, day * DAY)) / DAY);
    sum += first * 2 ** Math.max(0, age);
  }
  return sum;
}
