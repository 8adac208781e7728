import type { Candidate } from '../domain/article.ts';
import { HOUR } from '../domain/instant.ts';
import type { Difference } from '../domain/issue.ts';
import { isReprint } from './is-reprint.ts';
import { isSameMatter } from './is-same-matter.ts';
import { isUpdate } from './is-update.ts';
import type { Claim } from './claim.ts';
import { isCompatible, readReports, SCOPE, type Replacement, type Report } from './read-reports.ts';

const MOST_FIGURES = 3;
/** Figures further apart in time are an update of each other. */
const CURRENT = 6 * HOUR;
/**
 * What outlets report differently: the most telling thing that independent, current reports count so that not both can be right.
 * Each outlet stands by its latest figure. Not a difference: rounding, a part, another place or day, a reprint, an estimate that
 * contains the other, and a figure that is only older: by over 6 hours, or a count that grew over more than 3 hours or to more
 * than the double. Null when nothing differs for certain.
 */
export function findDifference(articles: readonly Candidate[]): Difference | null {
  if (articles.length < 2) return null;
  const { bySubject, replaced } = readReports(articles);
  const subjects = [...bySubject].sort(([a, [x]], [b, [y]]) => {
    return (x?.claim.rank ?? 0) - (y?.claim.rank ?? 0) || compareStrings(a, b);
  });
  for (const [, all] of subjects) {
    const standing = keepStanding(all, replaced);
    const different = chooseDifferent(standing);
    if (different.length > 1) return describe(different);
  }
  return null;
}

/** Of each outlet the latest report, if it is current and nobody has taken its figure back since. */
function keepStanding(
  reports: readonly Report[],
  replaced: readonly Replacement[],
): readonly Report[] {
  const byOutlet = new Map(reports.map((report) => [report.article.outlet.key, report]));
  const newest = Math.max(...reports.map(({ time }) => time));
  return [...byOutlet.values()].filter(({ time, claim }) => {
    const isReplaced = replaced.some((old) => {
      return old.value === claim.figure.value && time <= old.time;
    });
    return newest - time <= CURRENT && !isReplaced;
  });
}

/** One report for each figure, that of most outlets first; every two of them differ. */
function chooseDifferent(reports: readonly Report[]): readonly Report[] {
  const support = (report: Report) =>
    reports.filter((other) => isCompatible(report.claim.figure, other.claim.figure)).length;
  const bySupport = [...reports].sort(
    (a, b) =>
      support(b) - support(a) ||
      a.claim.figure.value - b.claim.figure.value ||
      Number(hasDigits(b)) - Number(hasDigits(a)),
  );
  const chosen: Report[] = [];
  for (const report of bySupport)
    if (chosen.every((other) => isDifferent(report, other))) chosen.push(report);
  return chosen.slice(0, MOST_FIGURES);
}

function hasDigits({ claim }: Report): boolean {
  return /\d/.test(claim.figure.text);
}

function isDifferent(a: Report, b: Report): boolean {
  return (
    !isSaidBy(a, b) &&
    !isSaidBy(b, a) &&
    !isUpdate(a, b) &&
    isSameMatter(a.claim, b.claim) &&
    !isReprint(a.article, b.article)
  );
}

function isSaidBy({ claim }: Report, { all }: Report): boolean {
  return all.some((figure) => isCompatible(claim.figure, figure));
}

function describe(reports: readonly Report[]): Difference {
  return {
    about: reports[0]?.claim.about ?? '',
    figures: reports.map(({ article, claim }) => ({
      figure: wordFigure(claim),
      outlet: article.outlet.name,
    })),
  };
}

/** "At least 17" stands in the middle of a line; a sum may say itself what it includes. */
function wordFigure({ figure }: Claim): string {
  const text = figure.unit === 'date' ? figure.text : figure.text.toLowerCase();
  return `${text}${SCOPE.exec(figure.after)?.[0] ?? ''}`;
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
