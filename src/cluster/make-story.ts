import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { chooseLead } from './choose-lead.ts';
import { countIndependent, listReports } from './list-reports.ts';
import { nameStory } from './name-story.ts';

/** The story that these articles, at least one, make together. */
export function makeStory(members: readonly Candidate[], keywords: readonly string[]): Story {
  const inOrder = [...members].sort(compareByTime);
  const reports = listReports(inOrder);
  const lead = chooseLead(reports);
  return {
    id: nameStory(lead.key),
    articles: [lead.key, ...inOrder.map(({ key }) => key).filter((key) => key !== lead.key)],
    lead: lead.key,
    independent: countIndependent(reports),
    keywords,
  };
}

/** The order of time; the key decides between equals. */
export function compareByTime(a: Candidate, b: Candidate): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? -1 : 1;
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
