import { describeCount } from './describe-count.ts';
import type { QuotaPlan } from './send-quota.ts';

/** What the limits mean for so many readers, in words, to be said before anything is sent. */
export function describeQuota({ now, today, lastAt }: QuotaPlan, count: number): string {
  if (now >= count)
    return `The limits that are set leave room for all ${describeCount(count, 'reader')}.`;
  const last = `${lastAt.slice(0, 16).replace('T', ' ')} UTC`;
  return `Within the limits that are set ${now} can go at once and ${today} within 24 hours, of ${describeCount(count, 'reader')}; the last one about ${last}. Who still waits at the deadline does not get this issue.`;
}
