import type { IssueDocument } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { fitBudget } from './fit-budget.ts';

/** What one reader gets. Readers with an equal `variant` of one issue share one rendering. */
export interface TailoredIssue {
  readonly document: IssueDocument;
  /** BCP 47 language of the furniture around the stories. */
  readonly language: string;
  /** True when the reader's calendar is already past the issue's date. */
  readonly isOlder: boolean;
  readonly variant: string;
}

/** What tailoring asks about a reader; `minutes` is how long they read at most, left out when the whole issue is wanted. */
interface Reading {
  readonly language: string;
  readonly localDate: LocalDate;
  readonly minutes?: number;
}

/** An issue as one reader is to see it: depends on nothing but the document and this snapshot of the reader. */
export function tailorIssue(document: IssueDocument, reader: Reading): TailoredIssue {
  const { language, minutes } = reader;
  return {
    document: minutes === undefined ? document : fitBudget(document, minutes).document,
    language,
    isOlder: document.date < reader.localDate,
    variant: nameVariant(document, reader),
  };
}

/** Readers for whom this is equal get the same rendering of an issue. */
export function nameVariant(
  document: Pick<IssueDocument, 'date'>,
  { language, localDate, minutes }: Reading,
): string {
  const older = document.date < localDate ? ['older'] : [];
  return [language, ...older, ...(minutes === undefined ? [] : [`${minutes} min`])].join('/');
}
