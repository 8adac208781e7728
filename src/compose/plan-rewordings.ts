import type { Candidate } from '../domain/article.ts';
import type { IssueDocument, IssueStory, RewordableField } from '../domain/issue.ts';
import type { RewordingTask, SourceText } from '../domain/rewording.ts';
import { canCheckRewordings } from './check-rewording.ts';
import { countWords } from './count-words.ts';
import { listArticles } from './list-articles.ts';

const MOST_ARTICLES = 4;
const MOST_CHARACTERS = { lead: 3_000, others: 1_500 };
/** With less to go by, new words could only be invented. */
const LEAST_WORDS = 10;

/** What there is to ask. */
export interface RewordingWish {
  readonly fields: readonly RewordableField[];
  /** Every article of the issue's stories by its key. */
  readonly articles: ReadonlyMap<string, Candidate>;
}

/**
 * What a model is to write anew in an issue, in printed order: headlines everywhere, summaries where there are some, and
 * why it matters for the big one; nothing of what an editor wrote. None in a language whose texts could not be checked.
 */
export function planRewordings(
  document: IssueDocument,
  wish: RewordingWish,
): readonly RewordingTask[] {
  const language = document.newsletter.language.split('-')[0]?.toLowerCase() ?? '';
  if (!canCheckRewordings(language)) return [];
  const plan =
    (place: readonly RewordableField[], mostWords: number) =>
    (story: IssueStory): readonly RewordingTask[] => {
      const fields = place
        .filter((field) => wish.fields.includes(field))
        .filter((field) => field !== 'summary' || story.summary !== '');
      const sources = listSources(story, wish.articles);
      const isTold = countWords(sources.map(({ text }) => text).join(' ')) >= LEAST_WORDS;
      if (fields.length === 0 || !isTold || story.isRewritten) return [];
      return [{ story: story.id, language, fields, mostWords, sources }];
    };
  return [
    ...(document.lead ? plan(['headline', 'summary', 'whyItMatters'], 45)(document.lead) : []),
    ...document.sections.flatMap(({ stories }) =>
      stories.flatMap(plan(['headline', 'summary'], 35)),
    ),
    ...document.inBrief.flatMap(plan(['headline'], 35)),
  ];
}

/** The openings of its first articles, the lead's longest: news begins with what matters. */
function listSources(
  story: IssueStory,
  articles: ReadonlyMap<string, Candidate>,
): readonly SourceText[] {
  return listArticles(story, { articles })
    .slice(0, MOST_ARTICLES)
    .map(({ outlet, title, summary, text }, place) => ({
      outlet: outlet.name,
      title,
      text: joinTexts(summary, text).slice(
        0,
        place === 0 ? MOST_CHARACTERS.lead : MOST_CHARACTERS.others,
      ),
    }));
}

/** Many texts begin with their summary. */
function joinTexts(summary: string, text: string): string {
  return text.includes(summary) ? text : `${summary}\n${text}`.trim();
}
