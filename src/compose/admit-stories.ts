import type { RankedStory } from '../domain/story.ts';
import { chooseHeadline } from './choose-headline.ts';
import type { CompositionContext } from './composition-context.ts';
import { isLiveBlog } from './is-live-blog.ts';
import { isWantedLanguage } from './judge-articles.ts';
import type { Cut } from './judgement.ts';
import { listArticles } from './list-articles.ts';

/** Parts the stories that may be printed, best first, from those that may not. A live blog comes last in its story, and leads none. */
export function admitStories(
  ranked: readonly RankedStory[],
  context: CompositionContext,
): { readonly admitted: readonly RankedStory[]; readonly cut: ReadonlyMap<RankedStory, Cut> } {
  const judged = ranked.map((story) => {
    const ordered = putLiveBlogsLast(story, context);
    return { story: ordered, cut: findCut(ordered, context) };
  });
  return {
    admitted: judged.flatMap(({ story, cut }) => (cut ? [] : [story])),
    cut: new Map(judged.flatMap(({ story, cut }) => (cut ? [[story, cut] as const] : []))),
  };
}

function putLiveBlogsLast(story: RankedStory, context: CompositionContext): RankedStory {
  const articles = listArticles(story, context);
  const [live, others] = [articles.filter(isLiveBlog), articles.filter((a) => !isLiveBlog(a))];
  const lead = others[0];
  if (live.length === 0 || !lead) return story;
  return { ...story, lead: lead.key, articles: [...others, ...live].map(({ key }) => key) };
}

function findCut(story: RankedStory, context: CompositionContext): Cut | null {
  if (context.overrides?.get(story.id)?.isDropped) return { reason: 'dropped', detail: null };
  const articles = listArticles(story, context);
  const language = articles[0]?.language ?? null;
  if (!isWantedLanguage(language, context.newsletter))
    return { reason: 'language', detail: language };
  if (articles.length > 0 && articles.every(isLiveBlog))
    return { reason: 'live-blog', detail: null };
  if (chooseHeadline(articles) === '') return { reason: 'no-headline', detail: null };
  const news = context.news?.get(story.id);
  const isTold = news?.toldOn && !news.hasNews && !isPinned(story, context);
  return isTold ? { reason: 'told-before', detail: news.toldOn } : null;
}

/** Whether an editor wants it first where it stands, by an edit or by a note of their own. */
export function isPinned(story: RankedStory, context: CompositionContext): boolean {
  const isEdited = (context.overrides?.get(story.id)?.pin ?? null) !== null;
  return isEdited || listArticles(story, context).some(({ wish }) => wish?.isPinned);
}
