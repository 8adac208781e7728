import type { IssueDocument } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';

/** What one reader gets. Readers with an equal `variant` of one issue share one rendering. */
export interface TailoredIssue {
  readonly document: IssueDocument;
  /** BCP 47 language of the furniture around the stories. */
  readonly language: string;
  /** True when the reader's calendar is already past the issue's date. */
  readonly isOlder: boolean;
  readonly variant: string;
}

/** An issue as one reader is to see it: depends on nothing but the document and this snapshot of the reader. */
export function tailorIssue(
  document: IssueDocument,
  reader: { readonly language: string; readonly localDate: LocalDate },
): TailoredIssue {
  const isOlder = document.date < reader.localDate;
  const variant = isOlder ? `${reader.language}/older` : reader.language;
  return { document, language: reader.language, isOlder, variant };
}
