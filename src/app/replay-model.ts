import { planRewordings } from '../compose/plan-rewordings.ts';
import { rewordIssue, type RewordedIssue } from '../compose/reword-issue.ts';
import type { Candidate } from '../domain/article.ts';
import type { IssueDocument, RewordableField } from '../domain/issue.ts';
import type { Rewording } from '../domain/rewording.ts';
import { hashRewording } from '../model/write-rewording.ts';

/** What a model had to do with an issue, as data: with it and the draft the issue can be made again without asking. */
export interface ModelShare {
  readonly model: string;
  readonly fields: readonly RewordableField[];
  /** Answers by the hash of their question. */
  readonly answers: Readonly<Record<string, Rewording>>;
}

/** An issue composed from its sources, and at least the articles of its stories. */
export interface ComposedDraft {
  readonly document: IssueDocument;
  readonly articles: readonly Candidate[];
}

/** The issue that a draft and a model's kept answers make; asks nobody, so it is the same on any day. */
export function replayModel(draft: ComposedDraft, share: ModelShare): RewordedIssue {
  const articles = new Map(draft.articles.map((article) => [article.key, article]));
  const tasks = planRewordings(draft.document, { fields: share.fields, articles });
  const answered = tasks.flatMap((task): [string, Rewording][] => {
    const answer = share.answers[hashRewording(task, share.model)];
    return answer ? [[task.story, answer]] : [];
  });
  return rewordIssue(draft.document, tasks, new Map(answered));
}
