import type { Candidate } from '../domain/article.ts';
import { USUAL_RULES } from '../domain/editorial-rules.ts';
import type { CutReason, StoryDecision } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { isSponsored } from './is-sponsored.ts';

/** An article with the words its own feeds do not want in a title. */
type Guarded = Candidate & { readonly excludedWords: readonly string[] };

interface Fault {
  readonly reason: CutReason;
  readonly detail: string | null;
}

/** Parts what a newsletter takes from what its rules leave out, with the reason for each article left out. */
export function judgeArticles<A extends Guarded>(
  articles: readonly A[],
  newsletter: Newsletter,
): { readonly welcome: readonly A[]; readonly decisions: readonly StoryDecision[] } {
  const judged = articles.map((article) => ({ article, fault: findFault(article, newsletter) }));
  return {
    welcome: judged.flatMap(({ article, fault }) => (fault ? [] : [article])),
    decisions: judged.flatMap(({ article, fault }) => (fault ? [refuse(article, fault)] : [])),
  };
}

/** True when a newsletter takes articles in this language; one that could not be told is taken. */
export function isWantedLanguage(language: string | null, newsletter: Newsletter): boolean {
  const { languages } = newsletter.rules ?? USUAL_RULES;
  const wanted = languages.length > 0 ? languages : [newsletter.language];
  return language === null || wanted.some((other) => primaryOf(other) === primaryOf(language));
}

function primaryOf(language: string): string {
  return (language.split('-')[0] ?? language).toLowerCase();
}

function findFault(article: Guarded, newsletter: Newsletter): Fault | null {
  if (!isWantedLanguage(article.language, newsletter))
    return { reason: 'language', detail: article.language };
  const title = article.title.toLowerCase();
  const { excludedWords } = newsletter.rules ?? USUAL_RULES;
  const word = [...article.excludedWords, ...excludedWords].find(
    (unwanted) => unwanted !== '' && title.includes(unwanted.toLowerCase()),
  );
  if (word !== undefined) return { reason: 'excluded-word', detail: word };
  return isSponsored(article) ? { reason: 'sponsored', detail: article.outlet.name } : null;
}

function refuse(article: Candidate, { reason, detail }: Fault): StoryDecision {
  return {
    story: article.key,
    articles: [article.key],
    headline: article.title,
    place: 'cut',
    theme: null,
    score: 0,
    terms: {},
    reason,
    detail,
  };
}
