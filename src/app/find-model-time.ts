import { SECOND, timeBetween, type Instant } from '../domain/instant.ts';
import { localDateAt, type LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findNextMorning, planMorning } from '../domain/schedule.ts';

/** What a late issue may still wait. */
const LATE_MS = 10 * SECOND;

/**
 * Milliseconds that an issue may wait for a model at `now`: at most `mostSeconds`, ten seconds when it is late already, none
 * when its day is over, and never past the next freeze or slot of any newsletter, because they all wait for each other.
 */
export function findModelTime(
  newsletters: readonly Newsletter[],
  issue: { readonly newsletter: { readonly slug: string }; readonly date: LocalDate },
  wish: { readonly mostSeconds: number; readonly now: Instant },
): number {
  const { now, mostSeconds } = wish;
  const own = newsletters.find(({ slug }) => slug === issue.newsletter.slug);
  if (own && issue.date < localDateAt(own.zone, now)) return 0;
  const morning = own && planMorning(own, issue.date);
  const isLate = morning && morning.freeze <= now && now < morning.deadline;
  const next = newsletters
    .filter(({ isPaused }) => !isPaused)
    .flatMap((newsletter) => findNextMorning(newsletter, now) ?? [])
    .flatMap(({ freeze, slot }) => [freeze, slot])
    .filter((moment) => moment > now)
    .map((moment) => timeBetween(now, moment));
  return Math.min(mostSeconds * SECOND, isLate ? LATE_MS : Infinity, ...next);
}
