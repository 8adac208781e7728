import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue } from '../domain/issue.ts';
import { findIssueInputs } from '../store/issue-inputs.ts';
import type { App } from './app.ts';
import { unpackMorning, type KeptMorning } from './pack-morning.ts';

/** What an issue was made from, or null when nothing was kept with it. */
export async function findKeptMorning(app: App, issue: Issue): Promise<KeptMorning | null> {
  const packed = await findIssueInputs(app.store, issue.id);
  return packed && (await unpackMorning(packed));
}

/** What an issue was made from. Throws BriefingError when nothing was kept with it. */
export async function openKeptMorning(app: App, issue: Issue): Promise<KeptMorning> {
  const morning = await findKeptMorning(app, issue);
  if (morning) return morning;
  const isOpen = issue.state === 'draft' || issue.state === 'skipped';
  throw new BriefingError(
    'not_found',
    `What ${issue.newsletter}/${issue.date} was made from was not kept: it was built by an earlier version. ${isOpen ? `Build it again with: daybrief build --date ${issue.date}` : 'Later issues can be explained and replayed.'}`,
  );
}
