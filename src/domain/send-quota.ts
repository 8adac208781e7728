import { limitWarmUp, type WarmUp } from './warm-up.ts';
import { addTime, DAY, HOUR, SECOND, type Instant } from './instant.ts';

/** How many messages a mail server takes from us; Infinity where it has no limit. */
export interface SendQuota {
  readonly second: number;
  readonly hour: number;
  readonly day: number;
  /** A sender that begins with few a day, whatever the server would take. */
  readonly warmUp?: WarmUp | null;
}

/** How many went out in the last hour and the last day. */
export interface QuotaUse {
  readonly hour: number;
  readonly day: number;
  /** In the last twenty hours: today's, also for an issue that is a little earlier than yesterday's. */
  readonly today: number;
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
export const NO_QUOTA = { second: Infinity, hour: Infinity, day: Infinity };

/** Reads `14/s, 1000/h, 50000/d`, each part at most once; null when it is not that. Empty: no limits. */
export function parseQuota(text: string): SendQuota | null {
  const quota = { ...NO_QUOTA };
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
export function isCounted({ hour, day, warmUp }: SendQuota): boolean {
  return hour !== Infinity || day !== Infinity || Boolean(warmUp);
}

/** How many may go at once. */
export function countFree(quota: SendQuota, use: QuotaUse, now: Instant): number {
  return Math.max(0, Math.min(quota.hour - use.hour, countFreeToday(quota, use, now)));
}

function countFreeToday({ day, warmUp }: SendQuota, use: QuotaUse, now: Instant): number {
  return Math.min(day - use.day, warmUp ? limitWarmUp(warmUp, now) - use.today : Infinity);
}

/** Plans `count` messages from `now` on, over all ways out together. */
export function planWithin(
  ways: readonly { readonly quota: SendQuota; readonly use: QuotaUse }[],
  { count, now }: { count: number; now: Instant },
): QuotaPlan {
  const sum = (free: (way: (typeof ways)[number]) => number) =>
    Math.min(
      count,
      ways.map(free).reduce((all, one) => all + one, 0),
    );
  const holds = (seconds: number) =>
    sum((way) => countWithin(way, { count, now, seconds })) >= count;
  return {
    now: sum(({ quota, use }) => countFree(quota, use, now)),
    today: sum(({ quota, use }) =>
      Math.max(0, Math.min(countFreeToday(quota, use, now), quota.hour * 24 - use.hour)),
    ),
    lastAt: addTime(now, findLeast(holds) * SECOND),
  };
}

/** How many of `count` one way takes within so many seconds. */
function countWithin(
  { quota, use }: { quota: SendQuota; use: QuotaUse },
  { count, now, seconds }: { count: number; now: Instant; seconds: number },
): number {
  const within = (limit: number, used: number, window: number) =>
    limit === Infinity
      ? count
      : Math.max(0, limit - used) + limit * Math.floor((seconds * SECOND) / window);
  return Math.min(
    quota.second === Infinity ? count : quota.second * seconds,
    within(quota.hour, use.hour, HOUR),
    within(quota.day, use.day, DAY),
    quota.warmUp
      ? Math.max(
          0,
          limitWarmUp(quota.warmUp, now, Math.floor((seconds * SECOND) / DAY)) - use.today,
        )
      : count,
  );
}

/** The least whole number that will do, where every greater one will too. */
function findLeast(willDo: (value: number) => boolean): number {
  if (willDo(0)) return 0;
  let most = 1;
  while (!willDo(most)) most *= 2;
  let least = most / 2;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (willDo(middle)) most = middle;
    else least = middle;
  }
  return most;
}
