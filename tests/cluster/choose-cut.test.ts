import { describe, expect, test } from 'vitest';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { joinArticles } from '../../src/cluster/join-articles.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { sampleArticle } from './sample-articles.ts';

const EVENTS = [
  ['ferry', 'aground', 'cape', 'passengers', 'captain', 'rescue', 'reef', 'storm'],
  ['museum', 'bronze', 'bell', 'village', 'thieves', 'curator', 'crate', 'auction'],
  ['orchard', 'frost', 'growers', 'blossom', 'harvest', 'apples', 'subsidy', 'cider'],
  ['tunnel', 'railway', 'closure', 'buses', 'commuters', 'engineers', 'cracks', 'repair'],
];
const WORDS_OF_A_HEADLINE = 4;
/** Two words of a headline are nobody else's. */
const OWN_WORDS = 2;

/** Headlines of one event, each with some of its words: neighbours share three, those far apart one or none. */
function writeHeadlines(event: number, outlets: number, given: Partial<Candidate> = {}) {
  const words = EVENTS[event]!;
  return Array.from({ length: outlets }, (_, place) => {
    const told = Array.from(
      { length: WORDS_OF_A_HEADLINE },
      (_, step) => words[(place + step) % words.length],
    );
    const own = Array.from({ length: OWN_WORDS }, (_, step) => spell(event, place, step));
    const key = `outlet-${place}-event-${event}`;
    const outlet = { key: `outlet-${place}.example`, name: `Outlet ${place}` };
    return sampleArticle({ key, title: [...told, ...own].join(' '), outlet, ...given });
  });
}

/** A word that stands nowhere else. */
function spell(event: number, place: number, step: number): string {
  return `${'bcdf'[event]}${'aeiou'[place % 5]}${'ghjklmnp'[place % 8]}${'stvx'[step]}o${'rzqw'[place % 4]}`;
}

/** An opening of its own. */
function tell(place: number): string {
  return Array.from({ length: 40 }, (_, step) => `${spell(1, place, 0)}${step}${place}`).join(' ');
}

const list = (articles: readonly Candidate[]) =>
  clusterArticles(articles).map((story) => story.articles.map((key) => key.slice(-1)).join(''));

describe('how alike two headlines must be', () => {
  test('depends on how many outlets usually report an event', () => {
    const crowd = EVENTS.flatMap((_, event) => writeHeadlines(event, 24));
    expect(list(crowd).toSorted()).toEqual(['0', '1', '2', '3'].map((name) => name.repeat(24)));
    const few = EVENTS.flatMap((_, event) => {
      const [first, , , fourth] = writeHeadlines(event, 4);
      return [first!, fourth!];
    });
    expect(list(few)).toHaveLength(8);
  });

  test('is not changed by one outlet that floods, by articles without a date, nor where there is text', () => {
    const alone = [writeHeadlines(0, 4)[0]!, writeHeadlines(0, 4)[3]!];
    const others = EVENTS.slice(1).flatMap((_, event) => writeHeadlines(event + 1, 24));
    const isJoined = (articles: readonly Candidate[]) =>
      list([...articles, ...alone]).some((story) => story === '00');
    expect(isJoined(others)).toBe(true);
    const outlet = { key: 'flood.example', name: 'The Flood' };
    expect(isJoined(others.map((article) => ({ ...article, outlet })))).toBe(false);
    expect(isJoined(others.map((article) => ({ ...article, isDateGuessed: true })))).toBe(false);
    const told = others.map((article, place) => ({ ...article, summary: tell(place) }));
    expect(isJoined(told)).toBe(false);
  });

  test('is the same for headlines that come later', () => {
    const crowd = EVENTS.flatMap((_, event) => writeHeadlines(event, 24));
    const early = crowd.filter((_, place) => place % 6 !== 5);
    const stories = joinArticles(clusterArticles(early), crowd);
    expect(stories.map(({ articles }) => articles.length)).toEqual([24, 24, 24, 24]);
  });
});
