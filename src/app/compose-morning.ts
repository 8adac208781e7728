import { clusterArticles } from '../cluster/cluster-articles.ts';
import type { Background } from '../cluster/compile-background.ts';
import type { Lexicon } from '../cluster/compile-lexicon.ts';
import { keepStoryIds } from '../cluster/keep-story-ids.ts';
import { composeIssue } from '../compose/compose-issue.ts';
import { rankStories } from '../compose/rank-stories.ts';
import type { Candidate } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueDocument } from '../domain/issue.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Story } from '../domain/story.ts';
import { assignThemes } from './assign-themes.ts';

/** All that a morning is made from, as data: the same inputs make the same issue, today or in a year. */
export interface MorningInputs {
  readonly newsletter: Newsletter;
  readonly date: LocalDate;
  /** When gathering ended. */
  readonly cutOff: Instant;
  readonly articles: readonly Candidate[];
  /** The stories as they stood before: who takes most of one over keeps its id. */
  readonly known: readonly Pick<Story, 'id' | 'articles'>[];
  readonly background: Background;
  readonly lexicon: Lexicon;
}

/** What a morning became. */
export interface ComposedMorning {
  readonly stories: readonly Story[];
  readonly document: IssueDocument;
}

/** Articles to issue, the one way there is: build and replay both go through here, and nothing in it reads a clock, a file or the store. */
export function composeMorning(inputs: MorningInputs): ComposedMorning {
  const { newsletter, date, cutOff, lexicon } = inputs;
  const stories = keepStoryIds(inputs.known, clusterArticles(inputs.articles, inputs.background));
  const articles = new Map(inputs.articles.map((article) => [article.key, article]));
  const themes = assignThemes(stories, { themes: newsletter.themes, articles, lexicon });
  const ranked = rankStories(stories, { articles, themes, cutOff });
  return { stories, document: composeIssue(ranked, { articles, newsletter, date }) };
}
