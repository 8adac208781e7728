import { addTime, DAY, HOUR, SECOND, type Instant } from './instant.ts';

/** How many messages a mail server takes from us; Infinity where it has no limit. */
export interface SendQuota {
  readonly second: number;
  readonly hour: number;
  readonly day: number;
}

/** How many went out in the last hour and the last day. */
export interface QuotaUse {
  readonly hour: number;
  readonly day: number;
}

/** What a quota means for so many messages. */
export interface QuotaPlan {
  /** May go at once. */
  readonly now: number;
  /** May go within 24 hours. */
  readonly today: number;
  /** When the last of them would go, at the earliest. */
  readonly lastAt: Instant;
}

const UNITS = { s: 'second', h: 'hour', d: 'day' } as const;
/** A mail server without limits. */
export const NO_QUOTA: SendQuota = { second: Infinity, hour: Infinity, day: Infinity };

/** Reads `14/s, 1000/h, 50000/d`, each part at most once; null when it is not that. Empty: no limits. */
export function parseQuota(text: string): SendQuota | null {
  const quota: Record<keyof SendQuota, number> = { ...NO_QUOTA };
  for (const part of text.split(',').map((item) => item.trim())) {
    if (part === '' && text.trim() === '') break;
    const [, count, letter] = /^([1-9]\d{0,8})\/([shd])$/.exec(part) ?? [];
    if (!letter) return null;
    const unit = UNITS[letter as keyof typeof UNITS];
    if (quota[unit] !== Infinity) return null;
    quota[unit] = Number(count);
  }
  return quota;
}

/** True when a quota counts hours or days, so that its use must be kept. */
export function isCounted({ hour, day }: SendQuota): boolean {
  return hour !== Infinity || day !== Infinity;
}

/** How many may go at once. */
export function countFree(quota: SendQuota, use: QuotaUse): number {
  return Math.max(0, Math.min(quota.hour - use.hour, quota.day - use.day));
}

/** Plans `count` messages from `now` on. */
export function planWithin(
  quota: SendQuota,
  use: QuotaUse,
  { count, now }: { count: number; now: Instant },
): QuotaPlan {
  const hours = countWindows(count, quota.hour - use.hour, quota.hour);
  const days = countWindows(count, quota.day - use.day, quota.day);
  const seconds = count / quota.second;
  const dayHolds = Math.max(0, Math.min(quota.day - use.day, quota.hour * 24 - use.hour));
  return {
    now: Math.min(count, countFree(quota, use)),
    today: Math.min(count, dayHolds),
    lastAt: addTime(now, Math.max(hours * HOUR, days * DAY, Math.ceil(seconds) * SECOND)),
  };
}

/** Windows to wait for until all fit. */
function countWindows(count: number, free: number, perWindow: number): number {
  const over = count - Math.max(0, free);
  return over > 0 ? Math.ceil(over / perWindow) : 0;
}
