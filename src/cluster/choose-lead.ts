import type { Candidate } from '../domain/article.ts';
import { HOUR } from '../domain/instant.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';

const WATCH = 4 * HOUR;
const SHORTEST_SUMMARY = 80;
const LONGEST_SUMMARY = 600;

/** What an article is compared by, so that each is looked at once. */
interface Contender {
  readonly article: Candidate;
  readonly hasTitle: boolean;
  readonly summary: number;
  readonly watch: number;
}

/** The article that stands for a story, of at least one: one with a real title and summary, from a weighty feed, late: a toll of the evening is wrong by the morning. */
export function chooseLead(articles: readonly Candidate[]): Candidate {
  if (articles.length === 1) return articles[0]!;
  const contenders = articles.map(describeContender);
  return contenders.reduce((best, one) => (compareLeads(one, best) < 0 ? one : best)).article;
}

function describeContender(article: Candidate): Contender {
  return {
    article,
    hasTitle: removeBoilerplate(article.title).trim() !== '',
    summary: Math.min((article.summary || article.text).length, LONGEST_SUMMARY),
    watch: findWatch(article),
  };
}

function compareLeads(a: Contender, b: Contender): number {
  return (
    Number(b.hasTitle) - Number(a.hasTitle) ||
    Number(hasSummary(b)) - Number(hasSummary(a)) ||
    b.article.feedWeight - a.article.feedWeight ||
    b.watch - a.watch ||
    b.summary - a.summary ||
    compareStrings(a.article.publishedAt, b.article.publishedAt) ||
    compareStrings(a.article.key, b.article.key)
  );
}

/** Reports of the same few hours are equally fresh. */
function findWatch({ publishedAt }: Candidate): number {
  return Math.floor(Date.parse(publishedAt) / WATCH);
}

function hasSummary({ summary }: Contender): boolean {
  return summary >= SHORTEST_SUMMARY;
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
