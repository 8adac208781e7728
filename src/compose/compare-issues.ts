import { listIssueStories, type IssueDocument, type IssueStory } from '../domain/issue.ts';
import type { FieldChange, IssueDifference, StoryChange } from '../domain/issue-difference.ts';

interface Placed {
  readonly story: IssueStory;
  readonly place: string;
}

/** Everything in which the second issue is not the first. Stories are the same by id, or by sharing most of their articles. */
export function compareIssues(before: IssueDocument, after: IssueDocument): IssueDifference {
  const [old, now] = [placeStories(before), placeStories(after)];
  const pairs = pairStories(old, now);
  const kept = new Set(pairs.values());
  const changes = now.map((placed) => compareStories(pairs.get(placed) ?? null, placed));
  const vanished = old.filter((placed) => !kept.has(placed)).map(describeVanished);
  return {
    stories: [...changes.filter(isChange), ...vanished],
    issue: compareFields(listFields(before), listFields(after)),
  };
}

function placeStories(document: IssueDocument): readonly Placed[] {
  const { lead, sections, inBrief } = document;
  return [
    ...(lead ? [{ story: lead, place: 'the big one' }] : []),
    ...sections.flatMap(({ name, stories }) => numberStories(stories, name)),
    ...numberStories(inBrief, 'in brief'),
  ];
}

function numberStories(stories: readonly IssueStory[], name: string): readonly Placed[] {
  return stories.map((story, index) => ({ story, place: `${name} ${index + 1}` }));
}

/** For each story of the new issue the one it was before, if any. */
function pairStories(old: readonly Placed[], now: readonly Placed[]): ReadonlyMap<Placed, Placed> {
  const byId = new Map(old.map((placed) => [placed.story.id, placed]));
  const pairs = new Map<Placed, Placed>();
  for (const placed of now) {
    const same = byId.get(placed.story.id);
    if (same) pairs.set(placed, same);
  }
  const free = new Set(old.filter((placed) => ![...pairs.values()].includes(placed)));
  for (const placed of now.filter((candidate) => !pairs.has(candidate))) {
    const same = [...free].find((candidate) => isMostlySame(candidate.story, placed.story));
    if (!same) continue;
    pairs.set(placed, same);
    free.delete(same);
  }
  return pairs;
}

function isMostlySame(a: IssueStory, b: IssueStory): boolean {
  const shared = a.articles.filter((key) => b.articles.includes(key)).length;
  return shared * 2 > Math.max(a.articles.length, b.articles.length);
}

function compareStories(before: Placed | null, after: Placed): StoryChange {
  const { id, headline } = after.story;
  const fields = before ? compareFields(before.story, after.story) : [];
  return { story: id, headline, from: before?.place ?? null, to: after.place, fields };
}

function describeVanished({ story, place }: Placed): StoryChange {
  return { story: story.id, headline: story.headline, from: place, to: null, fields: [] };
}

function isChange({ from, to, fields }: StoryChange): boolean {
  return from !== to || fields.length > 0;
}

/** The issue without its stories: the counts one by one, the sections by name. */
function listFields(document: IssueDocument): Readonly<Record<string, unknown>> {
  const printed = listIssueStories(document);
  const { lead, sections, inBrief, counts, ...rest } = document;
  const numbers = Object.entries(counts).map(([name, count]) => [`counts.${name}`, count]);
  return {
    ...rest,
    lead: lead?.headline ?? null,
    sections: sections.map(({ name }) => name),
    inBrief: inBrief.length,
    printed: printed.length,
    ...(Object.fromEntries(numbers) as Readonly<Record<string, number>>),
  };
}

function compareFields(before: object, after: object): readonly FieldChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, from: readField(old, field), to: readField(now, field) }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

function readField(fields: ReadonlyMap<string, unknown>, name: string): unknown {
  return fields.get(name) ?? null;
}
