import { findThreads } from '../cluster/find-threads.ts';
import { explainNews } from '../compose/find-news.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { NewsReason } from '../domain/thread.ts';
import type { KeptMorning } from './pack-morning.ts';

/** The thread of a story, and why the story goes on with it or ends there. */
export interface ExplainedThread {
  readonly id: string;
  /** What earlier issues told of it, oldest first; empty for the first story of a thread. */
  readonly told: readonly { readonly date: LocalDate; readonly title: string }[];
  /** What the story says beyond that; without any it is no update but told before. */
  readonly news: readonly NewsReason[];
}

/** The thread of one story of a kept morning, by the story's id, found as the morning found it; null for an article no story has. */
export function explainThread({ made, inputs }: KeptMorning, id: string): ExplainedThread | null {
  const story = made.stories.find((one) => one.id === id);
  const articles = new Map(inputs.articles.map((article) => [article.key, article]));
  const { date, told, background } = inputs;
  const link = findThreads(made.stories, { date, articles, told }, background).get(id);
  if (!story || !link) return null;
  const members = story.articles.flatMap((key) => articles.get(key) ?? []);
  return {
    id: link.thread,
    told: link.told.map((one) => ({ date: one.date, title: one.title })),
    news: link.told.length === 0 ? [] : explainNews(members, link.told),
  };
}
