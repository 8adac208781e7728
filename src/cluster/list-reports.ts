import type { Candidate } from '../domain/article.ts';
import { chooseBody } from './choose-body.ts';
import { shingleText, type Shingles } from './shingle-text.ts';

const COPY_OVERLAP = 0.5;
/** A phrase that this many reports share tells no copy; remembering more of them would cost quadratic time. */
const MOST_REPORTS = 50;

interface Report {
  readonly article: Candidate;
  readonly size: number;
}

/** A story's articles without the copies: those that share half of the shorter text's shingles with an earlier one; `articles` are in order of time. */
export function listReports(articles: readonly Candidate[]): readonly Candidate[] {
  if (articles.length === 1) return articles;
  const reports: Report[] = [];
  const byShingle = new Map<number, Report[]>();
  for (const article of articles) {
    const shingles = shingleText(`${article.title}. ${chooseBody(article)}`);
    if (isCopy(shingles, byShingle)) continue;
    const report = { article, size: shingles.length };
    reports.push(report);
    for (const shingle of shingles) addReport(byShingle, shingle, report);
  }
  return reports.map(({ article }) => article);
}

/** Reports that are not copies of each other, one per outlet at most. */
export function countIndependent(reports: readonly Candidate[]): number {
  return new Set(reports.map((article) => article.outlet.key)).size;
}

function isCopy(shingles: Shingles, byShingle: ReadonlyMap<number, readonly Report[]>): boolean {
  const shared = new Map<Report, number>();
  for (const shingle of shingles)
    for (const report of byShingle.get(shingle) ?? [])
      shared.set(report, (shared.get(report) ?? 0) + 1);
  return [...shared].some(
    ([report, count]) => count >= COPY_OVERLAP * Math.min(shingles.length, report.size),
  );
}

function addReport(byShingle: Map<number, Report[]>, shingle: number, report: Report): void {
  const known = byShingle.get(shingle);
  if (!known) byShingle.set(shingle, [report]);
  else if (known.length < MOST_REPORTS) known.push(report);
}
