import type { Candidate } from '../domain/article.ts';
import type { ToldStory } from '../domain/thread.ts';
import { chooseBody } from './choose-body.ts';

const MOST_CHARACTERS = 4_000;

/** What the articles of a story say, the lead first: what tomorrow's stories are compared with. */
export function describeStory(
  articles: readonly Pick<Candidate, 'title' | 'summary' | 'text' | 'language'>[],
): Pick<ToldStory, 'language' | 'title' | 'text'> {
  const [lead, ...others] = articles;
  const texts = [
    lead ? chooseBody(lead) : '',
    ...others.flatMap((article) => [article.title, chooseBody(article)]),
  ];
  return {
    language: lead?.language ?? null,
    title: lead?.title ?? '',
    text: texts.filter(Boolean).join('\n').slice(0, MOST_CHARACTERS),
  };
}
