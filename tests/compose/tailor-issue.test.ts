import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countIssueWords, countStoryWords } from '../../src/compose/count-issue-words.ts';
import { countWords } from '../../src/compose/count-words.ts';
import { tailorIssue, type Reading } from '../../src/compose/tailor-issue.ts';
import { listIssueStories, type IssueDocument, type IssueStory } from '../../src/domain/issue.ts';
import type { IssueDigest } from '../../src/domain/issue-digest.ts';
import { NO_PREFERENCES, type Preferences } from '../../src/domain/preferences.ts';
import { sampleReading } from './sample-reading.ts';

const THEMES = ['world', 'politics', 'business', 'science'];

function sampleStory(place: number, change: Partial<IssueStory> = {}): IssueStory {
  const key = `https://harbour.example/${place}`;
  return {
    id: `s${place}`,
    headline: `Headline ${place} about a town`,
    summary: Array.from({ length: 30 }, (_, word) => `word${place}x${word}`).join(' '),
    whyItMatters: null,
    whatNext: null,
    whatChanged: null,
    reportsDiffer: null,
    sources: [{ outlet: 'The Harbour', title: 't', url: key }],
    independent: 2,
    marks: [],
    image: null,
    publishedAt: '2026-03-09T03:00:00.000Z',
    articles: [key],
    theme: THEMES[place % THEMES.length] ?? null,
    score: 100 - place,
    thread: `t${place}`,
    ...change,
  };
}

/** One story leads, four sections of four follow, four are in brief. */
function sampleIssue(change: (story: IssueStory) => IssueStory = (story) => story): IssueDocument {
  const stories = Array.from({ length: 21 }, (_, place) => change(sampleStory(place)));
  const [lead = null, ...others] = stories;
  const document: IssueDocument = {
    version: 1,
    newsletter: {
      slug: 'morning',
      name: 'The Morning',
      language: 'en',
      sender: { name: 'The Morning', address: 'brief@example.org' },
      postalAddress: '',
    },
    date: '2026-03-09',
    kind: 'daily',
    dayInALine: 'A ferry ran aground and nobody was hurt.',
    lead,
    sections: THEMES.map((theme) => ({
      theme,
      name: theme,
      stories: others.slice(0, 16).filter((story) => story.theme === theme),
    })),
    inBrief: others.slice(16).map((story) => ({ ...story, summary: '' })),
    numberOfTheDay: {
      figure: '214',
      sentence: 'All 214 passengers were brought ashore.',
      source: { outlet: 'The Harbour', title: 't', url: 'https://harbour.example/0' },
    },
    quoteOfTheDay: null,
    counts: { stories: 21, outlets: 1, articles: 21, words: 0, minutes: 4 },
    isQuiet: false,
  };
  return document;
}

function wants(change: Partial<Preferences>): Reading {
  return sampleReading({ preferences: { ...NO_PREFERENCES, ...change } });
}

const listIds = (document: IssueDocument) => listIssueStories(document).map(({ id }) => id);
const find = (document: IssueDocument, id: string) =>
  listIssueStories(document).find((story) => story.id === id);

function digest(date: string, threads: readonly number[], whatChanged: string | null = null) {
  return {
    date,
    lines: threads.map((place) => ({
      thread: `t${place}`,
      headline: `Earlier ${place} on ${date}`,
      whatChanged,
      url: null,
      theme: THEMES[place % THEMES.length] ?? null,
      score: 100 - place,
    })),
  };
}

const issue = sampleIssue();

describe('a reader who asks for nothing', () => {
  test('gets the issue as it was frozen', () => {
    expect(tailorIssue(issue, sampleReading(), []).document).toBe(issue);
  });

  test('shares a variant with everybody like them, and with nobody greeted, dressed or addressed otherwise', () => {
    const variant = (change: Partial<Reading> = {}) =>
      tailorIssue(issue, sampleReading(change), []).variant;
    expect(variant()).toBe(variant());
    const others = [
      variant({ language: 'de' }),
      variant({ isOlder: true }),
      variant({ partOfDay: 'evening' }),
      variant({ look: 'wire' }),
    ];
    expect(new Set([variant(), ...others]).size).toBe(5);
  });
});

describe('a muted theme or thread', () => {
  test('is left out everywhere, and the best of the rest leads', () => {
    const { document } = tailorIssue(issue, wants({ mutedThemes: ['world'] }), []);
    expect(listIssueStories(document).filter(({ theme }) => theme === 'world')).toEqual([]);
    expect(document.sections.map(({ theme }) => theme)).not.toContain('world');
    expect(document.lead?.id).toBe('s1');
    expect(listIds(document).filter((id) => id === 's1')).toHaveLength(1);
    expect(document.counts.stories).toBe(listIssueStories(document).length);
  });

  test('takes the number of the day and the day in a line with it', () => {
    const { document } = tailorIssue(issue, wants({ mutedThreads: ['t0'] }), []);
    expect(document).toMatchObject({ dayInALine: null, numberOfTheDay: null });
    const other = tailorIssue(issue, wants({ mutedThreads: ['t5'] }), []).document;
    expect(other.numberOfTheDay).toEqual(issue.numberOfTheDay);
    expect(other.dayInALine).toBe(issue.dayInALine);
    const line = { ...issue, dayInALine: 'Headline 0 about a town; Headline 5 about a town.' };
    expect(tailorIssue(line, wants({ mutedThreads: ['t5'] }), []).document.dayInALine).toBeNull();
  });

  test('that is not in the issue leaves the variant as it is', () => {
    const plain = tailorIssue(issue, sampleReading(), []).variant;
    expect(tailorIssue(issue, wants({ mutedThreads: ['t99'] }), []).variant).toBe(plain);
  });

  test('may leave nothing to read', () => {
    const { document } = tailorIssue(issue, wants({ mutedThemes: THEMES }), []);
    expect(listIssueStories(document)).toEqual([]);
  });
});

describe('followed topics', () => {
  test('come first and are cut last', () => {
    const { document } = tailorIssue(issue, wants({ topics: ['science'], minutes: 2 }), []);
    expect(document.sections[0]?.theme).toBe('science');
    const kept = listIds(document);
    const science = listIssueStories(issue).filter(({ theme }) => theme === 'science');
    for (const { id } of science) expect(kept).toContain(id);
  });
});

describe('what changed since a reader last received an issue', () => {
  const updated = sampleIssue((story) =>
    ['s0', 's1', 's2'].includes(story.id)
      ? { ...story, marks: ['update'], whatChanged: 'The count rose to 17.' }
      : story,
  );
  const history: readonly IssueDigest[] = [
    digest('2026-03-08', [0, 1], 'The count rose to 14.'),
    digest('2026-03-07', [0, 2], 'Divers arrived.'),
  ];
  const read = (lastReceived: string | null) =>
    tailorIssue(updated, sampleReading({ lastReceived }), history).document;

  test('is what the issue says for who missed none', () => {
    expect(read('2026-03-08')).toBe(updated);
  });

  test('tells of a thread they knew what the missed issue told, with its date', () => {
    expect(find(read('2026-03-07'), 's0')).toMatchObject({
      marks: ['update'],
      whatChanged: 'The count rose to 17.',
      changedBefore: [{ date: '2026-03-08', text: 'The count rose to 14.' }],
    });
  });

  test('calls a thread told only yesterday new for who missed yesterday', () => {
    expect(find(read('2026-03-07'), 's1')).toMatchObject({ marks: ['new'], whatChanged: null });
    expect(find(read('2026-03-07'), 's2')).toMatchObject({ marks: ['update'] });
  });

  test('speaks of no update to who never received any', () => {
    expect(find(read(null), 's0')).toMatchObject({ marks: [], whatChanged: null });
  });

  test('is left as it stands where nobody knows what they received', () => {
    expect(tailorIssue(updated, sampleReading(), history).document).toBe(updated);
  });
});

describe('after a pause', () => {
  const history = [
    digest('2026-03-08', [0, 41, 42]),
    digest('2026-03-07', [41, 43, 44, 45]),
    digest('2026-03-06', [41, 46, 47, 48]),
    digest('2026-03-05', [49]),
  ];
  const read = (lastReceived: string | null, change: Partial<Preferences> = {}) =>
    tailorIssue(issue, { ...wants(change), lastReceived }, history).catchUp;

  test('of three issues the five biggest threads are told, one line each, none of which today tells', () => {
    expect(read('2026-03-05').map(({ thread }) => thread)).toEqual([
      't41',
      't42',
      't43',
      't44',
      't45',
    ]);
    expect(read('2026-03-05')[0]?.headline).toBe('Earlier 41 on 2026-03-08');
  });

  test('of two issues, or for who never received any, there is no such block', () => {
    expect([read('2026-03-06'), read(null)]).toEqual([[], []]);
  });

  test('nothing muted is told', () => {
    const told = read('2026-03-05', { mutedThreads: ['t41'], mutedThemes: ['science'] });
    expect(told.map(({ thread }) => thread)).toEqual(['t42', 't44', 't45', 't46', 't48']);
  });
});

describe('for any readers', () => {
  const history = [8, 7, 6, 5].map((day) =>
    digest(`2026-03-0${day}`, [day, 2 * day, 40 + day, 50], 'Seven more were found.'),
  );
  const preferences: fc.Arbitrary<Preferences> = fc.record({
    topics: fc.subarray(THEMES),
    mutedThemes: fc.subarray(THEMES),
    mutedThreads: fc.subarray(['t0', 't5', 't8', 't50', 'none']),
    minutes: fc.constantFrom(null, 2, 4, 8),
    look: fc.constantFrom(null, 'wire'),
  });
  const readings: fc.Arbitrary<Reading> = fc.record({
    language: fc.constantFrom('en', 'ar'),
    look: fc.constant('broadsheet'),
    preferences,
    isOlder: fc.boolean(),
    partOfDay: fc.constantFrom('morning' as const, 'evening' as const, null),
    lastReceived: fc.constantFrom(null, '2026-03-01', '2026-03-06', '2026-03-08'),
  });

  test('the top story is in, nothing muted is, and the budget holds', () => {
    fc.assert(
      fc.property(readings, (reading) => {
        const before = structuredClone([issue, reading, history]);
        const { document, catchUp } = tailorIssue(issue, reading, history);
        const { mutedThemes, mutedThreads, minutes } = reading.preferences;
        const isMuted = ({ theme, thread }: IssueStory) =>
          mutedThemes.includes(theme ?? '') || mutedThreads.includes(thread ?? '');
        const wanted = listIssueStories(issue).filter((story) => !isMuted(story));
        const best = wanted.toSorted((a, b) => b.score - a.score)[0];
        expect(document.lead?.id).toBe(best?.id);
        expect(listIssueStories(document).filter(isMuted)).toEqual([]);
        expect(catchUp.filter(({ thread }) => mutedThreads.includes(thread))).toEqual([]);
        const lines = catchUp.map(({ headline }) => countWords(headline));
        const words = lines.reduce((a, b) => a + b, countIssueWords(document));
        const least = document.lead ? countStoryWords(document.lead) : 0;
        expect(words).toBeLessThanOrEqual(Math.max(least, (minutes ?? 100) * 238));
        expect([issue, reading, history]).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  test('equal variants are equal issues, whatever the order of the readers, and no more of them than kinds of readers', () => {
    fc.assert(
      fc.property(fc.array(readings, { minLength: 1, maxLength: 12 }), (readers) => {
        const tailored = readers.map((reading) => tailorIssue(issue, reading, history));
        const again = readers.toReversed().map((reading) => tailorIssue(issue, reading, history));
        expect(again.toReversed()).toEqual(tailored);
        const byVariant = new Map(tailored.map((one) => [one.variant, one]));
        for (const one of tailored) expect(byVariant.get(one.variant)).toEqual(one);
        const kinds = new Set(readers.map((reading) => JSON.stringify(reading)));
        expect(byVariant.size).toBeLessThanOrEqual(kinds.size);
      }),
      { numRuns: 40 },
    );
  });
});
