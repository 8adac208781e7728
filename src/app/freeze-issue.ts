import { createHash } from 'node:crypto';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue } from '../domain/issue.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { queueDeliveries } from '../store/audience.ts';
import { findIssue, freezeIssue as freezeStoredIssue } from '../store/issues.ts';
import type { App } from './app.ts';
import { checkIssue } from './check-issue.ts';
import { listThreadStories } from './list-thread-stories.ts';
import { loadPressKit } from './load-press-kit.ts';
import type { FreezePlan } from './plan-readers.ts';

/**
 * Freezes a draft that passes preflight: document, templates and look are stored together and hashed; then every active
 * subscription gets its ledger row. An issue frozen already only has its audience completed. Returns the frozen issue.
 */
export async function freezeIssue(
  app: App,
  draft: { newsletter: Newsletter; issue: Issue },
  plan: FreezePlan,
): Promise<Issue> {
  if (draft.issue.state === 'draft') await freezeDraft(app, draft, plan);
  const issue = await findIssue(app.store, draft.issue);
  if (!issue?.contentHash) throw changedMeanwhile(draft.issue);
  await queueAudience(app, draft.newsletter, { issue, plan });
  return issue;
}

async function freezeDraft(
  app: App,
  draft: { newsletter: Newsletter; issue: Issue },
  plan: FreezePlan,
): Promise<void> {
  const { newsletter, issue } = draft;
  const blockers = (await checkIssue(app, newsletter, issue)).filter(
    (finding) => finding.level === 'blocker',
  );
  if (blockers.length > 0) {
    const reasons = blockers.map((finding) => `${finding.message} ${finding.fix}`).join(' ');
    throw new BriefingError(
      'conflict',
      `The issue ${issue.newsletter}/${issue.date} is not fit to send. ${reasons}`,
      { exitCode: 3 },
    );
  }
  const templates = JSON.stringify(await loadPressKit(app, newsletter, issue));
  const now = app.now();
  const isFrozen = await freezeStoredIssue(app.store, issue, {
    templates,
    contentHash: hashContent(issue, templates),
    deadline: plan.deadline,
    now,
    threads: await listThreadStories(app, issue),
  });
  if (!isFrozen) throw changedMeanwhile(issue);
  app.log.info('issue.frozen', { issue: issue.id });
}

function hashContent(issue: Issue, templates: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(issue.document))
    .update('\n')
    .update(templates);
  return hash.digest('hex');
}

/** Gives every active reader of a frozen issue a row; nobody is added once the audience is complete. */
export async function queueAudience(
  app: App,
  newsletter: Newsletter,
  frozen: { issue: Issue; plan: FreezePlan },
): Promise<void> {
  if (frozen.issue.state !== 'frozen' && frozen.issue.state !== 'sending') return;
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  await queueDeliveries(app.store, frozen.issue, {
    planReader: frozen.plan.planReader,
    makeMessageId: (subscriptionId) => makeMessageId(frozen.issue.id, subscriptionId, domain),
    now: app.now(),
  });
}

function changedMeanwhile(issue: Issue): BriefingError {
  return new BriefingError(
    'conflict',
    `The issue ${issue.newsletter}/${issue.date} was rebuilt or frozen by another run meanwhile. Look at it again and repeat the command.`,
  );
}
