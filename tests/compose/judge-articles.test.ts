import { describe, expect, test } from 'vitest';
import { isLiveBlog } from '../../src/compose/is-live-blog.ts';
import { isSponsored } from '../../src/compose/is-sponsored.ts';
import { judgeArticles } from '../../src/compose/judge-articles.ts';
import { USUAL_RULES } from '../../src/domain/editorial-rules.ts';
import { MORNING, sampleArticle } from './sample-stories.ts';

describe('a sponsored article', () => {
  test.each([
    ['Sponsored: Five ways to save', []],
    ['[Anzeige] Die beste Matratze', []],
    ['(Ad) Try our shoes', []],
    ['Ten hotels by the sea | Advertorial', []],
    ['Publirédactionnel : le vin du mois', []],
    ['Ten hotels by the sea', ['Travel', 'Partner content']],
    ['Ten hotels by the sea', ['Ad']],
  ])('is known by its label: %s %j', (title, categories) => {
    expect(isSponsored({ title, categories, url: null })).toBe(true);
  });

  test('is known by its address', () => {
    const title = 'Ten hotels by the sea';
    const url = 'https://harbour.example/sponsored/hotels';
    expect(isSponsored({ title, categories: [], url })).toBe(true);
  });

  test.each([
    'Team loses sponsored jersey in fire',
    'Ad revenue falls at the largest broadcaster',
    'Polizei: Anzeige gegen Minister',
    'Partner content with a divorce, court hears',
  ])('is not one about advertising: %s', (title) => {
    const url = 'https://harbour.example/news/sponsored-jersey';
    expect(isSponsored({ title, categories: ['Advertising'], url })).toBe(false);
  });
});

describe('a live blog', () => {
  test.each([
    'Storm Alder live updates: ferries stay in port',
    'Election night – live',
    'LIVE: The vote in parliament',
    'Budget day, as it happened',
    'Liveticker: Sturm über dem Norden',
    'EN DIRECT - Les élections au Portalder',
    'Terremoto en la costa, minuto a minuto',
  ])('is known by its title: %s', (title) => {
    expect(isLiveBlog({ title, url: null })).toBe(true);
  });

  test('is known by its address', () => {
    const url = 'https://harbour.example/news/live/storm';
    expect(isLiveBlog({ title: 'Storm hits the coast', url })).toBe(true);
  });

  test.each(['Where the ferrymen live', 'How to live longer', 'Live music returns to Port Alder'])(
    'is not one about living: %s',
    (title) => {
      const url = 'https://harbour.example/lives/ferrymen';
      expect(isLiveBlog({ title, url })).toBe(false);
    },
  );
});

describe('the rules of a newsletter', () => {
  const judge = (given: Parameters<typeof sampleArticle>[0], rules = {}, words: string[] = []) =>
    judgeArticles([{ ...sampleArticle(given), excludedWords: words }], {
      ...MORNING,
      rules: { ...USUAL_RULES, ...rules },
    }).decisions.map(({ reason, detail, story }) => [story, reason, detail]);

  test('leave out languages nobody wants, and take all that are wanted', () => {
    const german = { key: 'a', language: 'de-AT' };
    expect(judge(german)).toEqual([['a', 'language', 'de-AT']]);
    expect(judge(german, { languages: ['en', 'de'] })).toEqual([]);
    expect(judge({ key: 'a', language: null })).toEqual([]);
  });

  test('leave out the words of the feed and of the newsletter', () => {
    const title = 'The big Sunday QUIZ of the harbour';
    expect(judge({ key: 'a', title }, {}, ['quiz'])).toEqual([['a', 'excluded-word', 'quiz']]);
    const rules = { excludedWords: ['Sunday'] };
    expect(judge({ key: 'a', title }, rules)).toEqual([['a', 'excluded-word', 'Sunday']]);
    expect(judge({ key: 'a', title }, {}, [''])).toEqual([]);
  });

  test('leave out what somebody paid for', () => {
    const title = 'Sponsored: The sea';
    expect(judge({ key: 'a', title })).toEqual([['a', 'sponsored', 'Outlet a']]);
  });

  test('keep everything else', () => {
    const article = { ...sampleArticle({ key: 'a' }), excludedWords: [] };
    expect(judgeArticles([article], MORNING)).toEqual({ welcome: [article], decisions: [] });
  });
});
