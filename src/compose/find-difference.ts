import type { Candidate } from '../domain/article.ts';
import { HOUR } from '../domain/instant.ts';
import type { Difference } from '../domain/issue.ts';
import { isReprint } from './is-reprint.ts';
import { isSameMatter } from './is-same-matter.ts';
import { listClaims, type Claim } from './list-claims.ts';
import type { Figure } from './parse-figures.ts';

const MOST_ARTICLES = 40;
const MOST_FIGURES = 3;
/** Figures further apart in time are an update of each other. */
const CURRENT = 6 * HOUR;
/** A count that has grown for so long, or so much, has been brought up to date rather than denied. */
const GROWING = 3 * HOUR;
const GROWN = 2;
const SAME_HOUR = 0.5 * HOUR;

interface Report {
  readonly article: Candidate;
  readonly time: number;
  /** The claim an outlet stands by, and every figure with which it may mean the same thing. */
  readonly claim: Claim;
  readonly all: readonly Figure[];
}

/** A figure that somebody has taken back: claims as old as that repeat what was thought then. */
interface Replacement {
  readonly value: number;
  readonly time: number;
}

/**
 * What outlets report differently: the most telling thing that independent, current reports count so that not both can be right.
 * Each outlet stands by its latest figure. Not a difference: rounding, a part, another place or day, a reprint, an estimate that
 * contains the other, and a figure that is only older: by over 6 hours, or a count that grew over more than 3 hours or to more
 * than the double. Null when nothing differs for certain.
 */
export function findDifference(articles: readonly Candidate[]): Difference | null {
  const { reports, replaced } = readReports(chooseArticles(articles));
  const subjects = [...reports].sort(([a, [x]], [b, [y]]) => {
    return (x?.claim.rank ?? 0) - (y?.claim.rank ?? 0) || compareStrings(a, b);
  });
  for (const [, all] of subjects) {
    const standing = keepStanding(all, replaced);
    const different = chooseDifferent(standing);
    if (different.length > 1) return describe(different);
  }
  return null;
}

/** The latest, in order of time. What has no date of its own cannot be told to be current, unless nothing can. */
function chooseArticles(articles: readonly Candidate[]): readonly Candidate[] {
  const dated = articles.filter(({ isDateGuessed }) => !isDateGuessed);
  return [...(dated.length > 0 ? dated : articles)]
    .sort((a, b) => compareStrings(a.publishedAt, b.publishedAt) || compareStrings(a.key, b.key))
    .slice(-MOST_ARTICLES);
}

/** By subject: the latest report of each outlet; and the figures that were replaced on the way. */
function readReports(articles: readonly Candidate[]) {
  const bySubject = new Map<string, Map<string, Report>>();
  const replaced: Replacement[] = [];
  for (const article of articles) {
    const time = Date.parse(article.publishedAt);
    const { claims, figures, replaced: values } = listClaims(article);
    replaced.push(...values.map((value) => ({ value, time })));
    for (const [key, all] of Map.groupBy(claims, (claim) => claim.key)) {
      const [claim] = all;
      if (!claim) continue;
      const byOutlet = bySubject.get(key) ?? new Map<string, Report>();
      const before = byOutlet.get(article.outlet.key);
      if (before && !isCompatible(before.claim.figure, claim.figure))
        replaced.push({ value: before.claim.figure.value, time });
      const said = claim.isNamed ? all.map(({ figure }) => figure) : figures;
      bySubject.set(key, byOutlet.set(article.outlet.key, { article, time, claim, all: said }));
    }
  }
  const reports = new Map([...bySubject].map(([key, outlets]) => [key, [...outlets.values()]]));
  return { reports, replaced };
}

function keepStanding(
  reports: readonly Report[],
  replaced: readonly Replacement[],
): readonly Report[] {
  const newest = Math.max(...reports.map(({ time }) => time));
  return reports.filter(({ time, claim }) => {
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

/** Whether one of two truths can lie behind both wordings. */
function isCompatible(a: Figure, b: Figure): boolean {
  const [least, most] = a.range;
  const [from, to] = b.range;
  return a.unit === b.unit && least <= to && from <= most;
}

/** Sums and shares do not grow by the hour as counts do. */
function isUpdate(a: Report, b: Report): boolean {
  const [older, newer] = a.time <= b.time ? [a, b] : [b, a];
  const [before, after] = [older.claim.figure.value, newer.claim.figure.value];
  const age = newer.time - older.time;
  if (a.claim.figure.unit !== '' || after <= before) return false;
  return age > GROWING || (age >= SAME_HOUR && after > GROWN * before);
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
  const scope = /^\s(?:including|excluding|before|after)\s(?:debts?|tax(?:es)?)(?!\p{L})/iu;
  return `${figure.text.toLowerCase()}${scope.exec(figure.after)?.[0] ?? ''}`;
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
