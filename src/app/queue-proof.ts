import { describeCount } from '../domain/describe-count.ts';
import { describeIssueQuota } from '../domain/describe-quota.ts';
import { addTime, MINUTE, type Instant } from '../domain/instant.ts';
import { listIssueStories, type Issue, type IssueDocument } from '../domain/issue.ts';
import { localTimeAt } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { planMorning, type Morning } from '../domain/schedule.ts';
import { renderProof } from '../render/render-proof.ts';
import { countReaders } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { loadLetterKit } from './load-template-kit.ts';
import { isHeld } from './pause-send.ts';
import { planQuota } from './plan-quota.ts';
import { queueStaffMail } from './queue-mail.ts';
import { inventReader, openPress, writeMessage } from './write-message.ts';

const PROOF_AHEAD = 30 * MINUTE;

/** Queues the proof of a draft whose freeze is near: the whole issue as a reader gets it, below what becomes of it. None while somebody holds it. */
export async function queueProof(app: App, newsletter: Newsletter, issue: Issue): Promise<void> {
  const morning = planMorning(newsletter, issue.date);
  const now = app.now();
  const isNear =
    morning !== null && now >= addTime(morning.freeze, -PROOF_AHEAD) && now < morning.freeze;
  if (issue.state !== 'draft' || !isNear || (await isHeld(app, issue))) return;
  await queueStaffMail(app, newsletter, {
    purpose: 'proof',
    about: issue.id,
    open: () => openProof(app, { newsletter, issue, morning }),
  });
}

async function openProof(
  app: App,
  { newsletter, issue, morning }: { newsletter: Newsletter; issue: Issue; morning: Morning },
) {
  const { active } = await countReaders(app.store, newsletter.slug);
  const limits = await planQuota(app, active);
  const warning = limits && limits.today < active ? describeIssueQuota(limits, active) : null;
  const plan = { morning, readers: active, warning };
  const notice = composeProofNotice(newsletter, issue.document, plan);
  const kit = await loadLetterKit(app, newsletter, 'proof');
  const press = await openPress(app, newsletter, issue);
  return (address: string) => {
    const nobody = inventReader(newsletter, address, morning.slot);
    const reader = { ...nobody, publicUrl: app.settings.publicUrl };
    const { email: written, slots } = writeMessage(press, reader, '<proof@localhost>');
    return { email: renderProof(kit, notice, { issue: written, newsletter }), slots };
  };
}

/** What stands above an issue that is about to be frozen: who gets it, when, and how to hold it. */
export function composeProofNotice(
  newsletter: Pick<Newsletter, 'name' | 'slug' | 'zone'>,
  document: IssueDocument,
  plan: {
    readonly morning: Pick<Morning, 'freeze' | 'slot'>;
    readonly readers: number;
    /** What the mail servers' limits will not let through in time; null when all fits. */
    readonly warning: string | null;
  },
): Notice {
  const { freeze, slot } = plan.morning;
  const { date } = document;
  const name = `${newsletter.slug}/${date}`;
  const at = (instant: Instant): string => localTimeAt(newsletter.zone, instant);
  const [lead] = listIssueStories(document);
  return {
    subject: `Proof of ${newsletter.name}, ${date}: ${lead?.headline ?? ''}`,
    heading: `Proof: to ${describeCount(plan.readers, 'reader')} at ${at(slot)}`,
    paragraphs: [
      `Frozen at ${at(freeze)}; until then it can be changed and held.`,
      ...(plan.warning ? [plan.warning] : []),
    ],
    commands: [
      {
        about: 'Hold it until you let it go on:',
        command: `daybrief pause ${name}`,
      },
      { about: 'Let it go on:', command: `daybrief resume ${name}` },
      { about: 'Change it:', command: `daybrief edit ${name}` },
    ],
  };
}
