import type { Candidate } from '../domain/article.ts';
import type { Claim } from './claim.ts';
import { listClaims } from './list-claims.ts';
import type { Figure } from './parse-figures.ts';

const MOST_ARTICLES = 40;

/** One article's claim about one thing. */
export interface Report {
  readonly article: Candidate;
  readonly time: number;
  readonly claim: Claim;
  /** Every figure with which it may mean the same thing. */
  readonly all: readonly Figure[];
}

/** A figure that somebody has taken back: claims as old as that repeat what was thought then. */
export interface Replacement {
  readonly value: number;
  readonly time: number;
}

/** Claims by what they are about, the oldest first, and what was taken back on the way. */
export interface Reports {
  readonly bySubject: ReadonlyMap<string, readonly Report[]>;
  readonly replaced: readonly Replacement[];
}

/** Reads what the articles of a story count; of many, the latest. */
export function readReports(articles: readonly Candidate[]): Reports {
  const bySubject = new Map<string, Report[]>();
  const replaced: Replacement[] = [];
  for (const article of chooseArticles(articles)) {
    const time = Date.parse(article.publishedAt);
    const { claims, figures, replaced: values } = listClaims(article);
    replaced.push(...values.map((value) => ({ value, time })));
    for (const [key, same] of Map.groupBy(claims, (claim) => claim.key)) {
      const claim = same.find((one) => isFuller(one, same[0])) ?? same[0];
      const reports = bySubject.get(key) ?? [];
      const before = reports.findLast((report) => report.article.outlet.key === article.outlet.key);
      if (!claim) continue;
      if (before && !isCompatible(before.claim.figure, claim.figure))
        replaced.push({ value: before.claim.figure.value, time });
      const all = claim.isNamed ? same.map(({ figure }) => figure) : figures;
      bySubject.set(key, [...reports, { article, time, claim, all }]);
    }
  }
  return { bySubject, replaced };
}

/** What a sum says of itself behind the figure. */
export const SCOPE = /^\s(?:including|excluding|before|after)\s(?:debts?|tax(?:es)?)(?!\p{L})/iu;

/** The same figure as a headline gives, with what it includes. */
function isFuller({ figure }: Claim, first: Claim | undefined): boolean {
  return figure.value === first?.figure.value && SCOPE.test(figure.after);
}

/** Whether one of two truths can lie behind both wordings. */
export function isCompatible(a: Figure, b: Figure): boolean {
  const [least, most] = a.range;
  const [from, to] = b.range;
  return a.unit === b.unit && least <= to && from <= most;
}

/** The latest, in order of time. What has no date of its own cannot be told to be current, unless nothing can. */
function chooseArticles(articles: readonly Candidate[]): readonly Candidate[] {
  const dated = articles.filter(({ isDateGuessed }) => !isDateGuessed);
  return [...(dated.length > 0 ? dated : articles)]
    .sort((a, b) => compareStrings(a.publishedAt, b.publishedAt) || compareStrings(a.key, b.key))
    .slice(-MOST_ARTICLES);
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
