import { expect, test } from 'vitest';
import { composeIssue } from '../../src/compose/compose-issue.ts';
import { tailorIssue } from '../../src/compose/tailor-issue.ts';
import { MORNING } from './sample-stories.ts';

const { document } = composeIssue([], {
  newsletter: MORNING,
  date: '2026-03-02',
  articles: new Map(),
});

test('readers of one language on the day itself share a variant', () => {
  const ada = tailorIssue(document, { language: 'en', localDate: '2026-03-02' });
  const ben = tailorIssue(document, { language: 'en', localDate: '2026-03-01' });
  expect(ada).toEqual({ document, language: 'en', isOlder: false, variant: ada.variant });
  expect(ben.variant).toBe(ada.variant);
});

test('another language or a day later is another variant', () => {
  const variants = [
    { language: 'en', localDate: '2026-03-02' },
    { language: 'de', localDate: '2026-03-02' },
    { language: 'en', localDate: '2026-03-03' },
  ].map((reader) => tailorIssue(document, reader));
  expect(new Set(variants.map(({ variant }) => variant)).size).toBe(3);
  expect(variants.map(({ isOlder }) => isOlder)).toEqual([false, false, true]);
});
