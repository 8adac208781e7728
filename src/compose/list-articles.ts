import type { Candidate } from '../domain/article.ts';

/** The articles of a story, the lead first, with no more text than may be printed. */
export function listArticles(
  story: { readonly articles: readonly string[] },
  { articles }: { readonly articles: ReadonlyMap<string, Candidate> },
): readonly Candidate[] {
  return story.articles.flatMap((key) => {
    const article = articles.get(key);
    return article ? [article.isHeadlineOnly ? keepHeadline(article) : article] : [];
  });
}

/** What rights leave of an article whose texts only help to tell what belongs together. */
function keepHeadline(article: Candidate): Candidate {
  return { ...article, summary: '', text: '', image: null };
}
