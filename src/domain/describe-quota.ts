import { describeCount } from './describe-count.ts';
import type { QuotaPlan } from './send-quota.ts';

/** What the limits mean for so many mails, in words, to be said before anything is sent. */
export function describeQuota({ now, today, lastAt }: QuotaPlan, count: number): string {
  if (now >= count)
    return `The limits that are set leave room for all ${describeCount(count, 'mail')}.`;
  const last = `${lastAt.slice(0, 16).replace('T', ' ')} UTC`;
  return `Within the limits that are set ${now} of ${describeCount(count, 'mail')} can go at once and ${today} within 24 hours; the last one about ${last}. What has to wait is sent by "daybrief run", or by this command again later.`;
}

/** The same for an issue, which not everybody may get in time. */
export function describeIssueQuota(plan: QuotaPlan, count: number): string {
  const end = plan.now < count ? ' Who still waits at its deadline does not get the issue.' : '';
  return describeQuota(plan, count) + end;
}
