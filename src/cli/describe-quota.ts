import type { QuotaPlan } from '../domain/send-quota.ts';

/** What exceeds the mail server's limits is said before anything is sent. */
export function describeQuota({ now, today, lastAt }: QuotaPlan): string {
  return `Within the mail server's limits ${now} can go at once and ${today} within 24 hours; the last one about ${lastAt.slice(0, 16).replace('T', ' ')} UTC. What has to wait is sent by "daybrief run", or by this command again later.`;
}
