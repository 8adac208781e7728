import type { Candidate } from '../domain/article.ts';
import { listSentenceClaims } from './list-claims.ts';
import { isCompatible, readReports, type Report, type Reports } from './read-reports.ts';
import { isUpdate } from './is-update.ts';

/** Whether a text gives a figure that a later report has overtaken. */
export type OutdatedTest = (text: string) => boolean;

/** Finds the figures of a story that are no longer true: a toll of the evening is wrong by the morning. */
export function findOutdated(articles: readonly Candidate[]): OutdatedTest {
  if (articles.length < 2) return () => false;
  const language = articles[0]?.language?.slice(0, 2) ?? 'en';
  const reports = readReports(articles);
  const outdated = new Set(
    [...reports.bySubject].flatMap(([key, all]) =>
      all
        .filter((report) => isOvertaken(report, all, reports))
        .map(({ claim }) => `${key}=${claim.figure.value}`),
    ),
  );
  if (outdated.size === 0) return () => false;
  return (text) =>
    listSentenceClaims(text, language).some(({ key, figure }) =>
      outdated.has(`${key}=${figure.value}`),
    );
}

function isOvertaken(report: Report, all: readonly Report[], { replaced }: Reports): boolean {
  const { claim, time } = report;
  if (!claim.isNamed) return false;
  if (replaced.some((old) => old.value === claim.figure.value && time <= old.time)) return true;
  return all.some(
    (later) =>
      later.time > time &&
      !isCompatible(later.claim.figure, claim.figure) &&
      isUpdate(report, later),
  );
}
