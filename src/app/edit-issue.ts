import { compareIssues } from '../compose/compare-issues.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { listUndone, type Edit, type EditConflict } from '../domain/edit.ts';
import type { Issue, StoryDecision } from '../domain/issue.ts';
import type { IssueDifference } from '../domain/issue-difference.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { listEdits } from '../store/edits.ts';
import type { App } from './app.ts';
import { rebuildIssue } from './build-issue.ts';
import { openKeptMorning } from './find-kept-morning.ts';
import { learnFromEdits } from './learn-theme.ts';
import { resolveEdit, type EditWish } from './resolve-edit.ts';

interface NamedIssue {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
}

/** What an edit came to. */
export interface EditedIssue {
  readonly issue: Issue;
  readonly edit: Edit;
  /** What the issue is now and was not before; news that came since the last build is part of it. */
  readonly difference: IssueDifference;
  readonly conflicts: readonly EditConflict[];
}

/** A line of the log with how it stands now. */
export interface ListedEdit extends Edit {
  readonly isUndone: boolean;
  /** Why it could not be done, or not wholly; null when it was. */
  readonly conflict: string | null;
}

/** Logs one edit of a draft and makes the draft anew with it. Throws BriefingError `conflict` for an issue that is frozen. */
export async function editIssue(
  app: App,
  { newsletter, issue }: NamedIssue,
  wish: EditWish & { readonly who: string },
): Promise<EditedIssue> {
  if (issue.state !== 'draft' && issue.state !== 'skipped') throw refuseFrozen(issue);
  const edits = await listEdits(app.store, issue);
  const morning = await openKeptMorning(app, issue);
  const edit: Edit = {
    number: (edits.at(-1)?.number ?? 0) + 1,
    at: app.now(),
    who: wish.who,
    ...resolveEdit({ morning, edits }, wish),
  };
  const built = await rebuildIssue(app, newsletter, { date: issue.date, edit });
  if (!built.isFresh) throw refuseFrozen(built.issue);
  const stories = morning.made.decisions;
  await learnFromEdits(app, newsletter, { edits: [...edits, edit], stories });
  app.log.info('issue.edited', { issue: issue.id, edit: edit.number, kind: edit.command.kind });
  const difference = compareIssues(issue.document, built.issue.document);
  return { issue: built.issue, edit, difference, conflicts: built.conflicts };
}

/** Every edit of an issue with how it stands, and its stories: those printed in their order, then the others. */
export async function listIssueEdits(
  app: App,
  issue: Issue,
): Promise<{ stories: readonly StoryDecision[]; edits: readonly ListedEdit[] }> {
  const { made } = await openKeptMorning(app, issue);
  const edits = await listEdits(app.store, issue);
  const undone = listUndone(edits);
  const conflicts = new Map(made.conflicts.map(({ edit, reason }) => [edit, reason]));
  return {
    stories: made.decisions,
    edits: edits.map((edit) => ({
      ...edit,
      isUndone: undone.has(edit.number),
      conflict: conflicts.get(edit.number) ?? null,
    })),
  };
}

function refuseFrozen(issue: Issue): BriefingError {
  return new BriefingError(
    'conflict',
    `${issue.newsletter}/${issue.date} is ${issue.state}: what was approved is what is sent, so nothing edits it any more. Make the change in the next issue.`,
  );
}
