import { applyEdits } from '../cluster/apply-edits.ts';
import type { ThemeAssignment } from '../cluster/assign-theme.ts';
import { clusterArticles } from '../cluster/cluster-articles.ts';
import type { Background } from '../cluster/compile-background.ts';
import type { Lexicon } from '../cluster/compile-lexicon.ts';
import { keepStoryIds } from '../cluster/keep-story-ids.ts';
import { composeIssue } from '../compose/compose-issue.ts';
import { rankStories } from '../compose/rank-stories.ts';
import type { Candidate } from '../domain/article.ts';
import type { Edit, EditConflict, StoryOverride } from '../domain/edit.ts';
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
  /** The editor's log, all of it. */
  readonly edits: readonly Edit[];
}

/** What a morning became. */
export interface ComposedMorning {
  /** As clustered, before any edit: what the next build takes the ids from. */
  readonly clustered: readonly Story[];
  readonly document: IssueDocument;
  readonly conflicts: readonly EditConflict[];
}

/** Articles to issue, the one way there is: build and replay both go through here, and nothing in it reads a clock, a file or the store. */
export function composeMorning(inputs: MorningInputs): ComposedMorning {
  const { newsletter, date, cutOff, lexicon } = inputs;
  const clustered = keepStoryIds(inputs.known, clusterArticles(inputs.articles, inputs.background));
  const articles = new Map(inputs.articles.map((article) => [article.key, article]));
  const slugs = newsletter.themes.map(({ slug }) => slug);
  const edited = applyEdits(clustered, inputs.edits, { articles, themes: slugs });
  const { stories, overrides } = edited;
  const found = assignThemes(stories, { themes: newsletter.themes, articles, lexicon });
  const themes = overrideThemes(found, overrides);
  const ranked = rankStories(stories, { articles, themes, cutOff }).filter(
    ({ id }) => !overrides.get(id)?.isDropped,
  );
  const document = composeIssue(ranked, { articles, newsletter, date, overrides });
  return { clustered, document, conflicts: edited.conflicts };
}

function overrideThemes(
  found: ReadonlyMap<string, ThemeAssignment>,
  overrides: ReadonlyMap<string, StoryOverride>,
): ReadonlyMap<string, ThemeAssignment> {
  const wanted = [...overrides].flatMap(([id, { theme }]) =>
    theme === null ? [] : [[id, { theme, confidence: 1 }] as const],
  );
  return new Map([...found, ...wanted]);
}
