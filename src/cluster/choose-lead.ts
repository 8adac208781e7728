import type { Candidate } from '../domain/article.ts';
import { HOUR } from '../domain/instant.ts';
import { removeBoilerplate } from './remove-boilerplate.ts';

const WATCH = 4 * HOUR;
const SHORTEST_SUMMARY = 80;
const LONGEST_SUMMARY = 600;

/** The article that stands for a story, of at least one: one with a real title and summary, from a weighty feed, late: a toll of the evening is wrong by the morning. */
export function chooseLead(articles: readonly Candidate[]): Candidate {
  return articles.reduce((best, article) => (compareLeads(article, best) < 0 ? article : best));
}

function compareLeads(a: Candidate, b: Candidate): number {
  return (
    Number(hasTitle(b)) - Number(hasTitle(a)) ||
    Number(hasSummary(b)) - Number(hasSummary(a)) ||
    b.feedWeight - a.feedWeight ||
    findWatch(b) - findWatch(a) ||
    measureSummary(b) - measureSummary(a) ||
    compareStrings(a.publishedAt, b.publishedAt) ||
    compareStrings(a.key, b.key)
  );
}

/** Reports of the same few hours are equally fresh. */
function findWatch({ publishedAt }: Candidate): number {
  return Math.floor(Date.parse(publishedAt) / WATCH);
}

function hasTitle(article: Candidate): boolean {
  return removeBoilerplate(article.title).trim() !== '';
}

function hasSummary(article: Candidate): boolean {
  return measureSummary(article) >= SHORTEST_SUMMARY;
}

function measureSummary(article: Candidate): number {
  return Math.min((article.summary || article.text).length, LONGEST_SUMMARY);
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
