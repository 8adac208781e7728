import type { Candidate } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { Background } from './compile-background.ts';
import { describeStory } from './describe-story.ts';
import { linkThreads } from './link-threads.ts';

/** The thread of each of many days' stories, by the story's id; a story belongs to the day (UTC) of its first article. */
export function linkStories(
  stories: readonly Story[],
  articles: ReadonlyMap<string, Candidate>,
  background: Background,
): ReadonlyMap<string, string> {
  const linkable = stories.map((story) => {
    const members = story.articles.flatMap((key) => articles.get(key) ?? []);
    const date = members.map(({ publishedAt }) => publishedAt.slice(0, 10)).sort()[0] ?? '';
    return { ...describeStory(members), id: story.id, thread: null, date };
  });
  const hasDays = new Set(linkable.map(({ date }) => date)).size > 1;
  return hasDays ? linkThreads(linkable, background) : new Map();
}
