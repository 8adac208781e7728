import type { Candidate } from '../domain/article.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Story } from '../domain/story.ts';
import type { ThreadLink, ToldStory } from '../domain/thread.ts';
import type { Background } from './compile-background.ts';
import { describeStory } from './describe-story.ts';
import { linkThreads, type Linkable } from './link-threads.ts';

/** The thread of each story of a day by the story's id, with what earlier issues told of it. */
export function findThreads(
  stories: readonly Story[],
  day: {
    readonly date: LocalDate;
    readonly articles: ReadonlyMap<string, Candidate>;
    readonly told: readonly ToldStory[];
  },
  background: Background,
): ReadonlyMap<string, ThreadLink> {
  const earlier = day.told.filter(({ date }) => date < day.date);
  const known = earlier.map((story, place) => ({ ...story, id: `told ${place}` }));
  const taken = new Set(earlier.map(({ thread }) => thread));
  const today = stories.map((story): Linkable => {
    const articles = story.articles.flatMap((key) => day.articles.get(key) ?? []);
    return { ...describeStory(articles), id: story.id, thread: null, date: day.date };
  });
  const threads = linkThreads([...known, ...today], background);
  const byThread = Map.groupBy(earlier, ({ thread }) => thread);
  return new Map(
    stories.map(({ id }) => {
      const thread = threads.get(id) ?? id;
      if (thread !== id) return [id, { thread, told: byThread.get(thread) ?? [] }];
      return [id, { thread: nameThread(id, day.date, taken), told: [] }];
    }),
  );
}

/** A thread is named after its first story; a story's id can come back in a later issue, that of a thread cannot. */
function nameThread(story: string, date: LocalDate, taken: ReadonlySet<string>): string {
  const name = story.replace(/^s-/, 't-');
  return taken.has(name) ? `${name}-${date}` : name;
}
