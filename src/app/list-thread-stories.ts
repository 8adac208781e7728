import { describeStory } from '../cluster/describe-story.ts';
import { listIssueStories, type Issue } from '../domain/issue.ts';
import { listArticleTexts } from '../store/article-texts.ts';
import type { ThreadStory } from '../store/threads.ts';
import type { App } from './app.ts';

/** What an issue that is about to be frozen tells of which thread. */
export async function listThreadStories(
  app: App,
  { document }: Issue,
): Promise<readonly ThreadStory[]> {
  const stories = listIssueStories(document);
  const keys = [...new Set(stories.flatMap((story) => story.articles))];
  const texts = new Map(
    (await listArticleTexts(app.store, keys)).map((article) => [article.key, article]),
  );
  return stories.flatMap(({ id, thread, articles }) => {
    const members = articles.flatMap((key) => texts.get(key) ?? []);
    return thread ? [{ ...describeStory(members), thread, story: id }] : [];
  });
}
