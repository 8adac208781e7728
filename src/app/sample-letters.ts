import type { Letter } from '../domain/letter.ts';

/** One letter of each kind, as the preview shows them. */
export const SAMPLE_LETTERS: readonly Letter[] = [
  { kind: 'confirmation', confirmUrl: 'https://brief.example.org/confirm/sample' },
  {
    kind: 'welcome',
    sendTime: '07:00',
    latest: {
      date: '2026-03-09',
      headline: 'Ferry runs aground off the northern cape',
      summary: 'All 214 passengers were brought ashore by noon, and nobody was hurt.',
      url: 'https://brief.example.org/issues/2026-03-09',
    },
  },
  { kind: 'goodbye' },
  {
    kind: 'correction',
    date: '2026-03-09',
    headline: 'Ferry runs aground off the northern cape',
    text: 'The ferry ran aground off the southern cape. The northern one is 40 kilometres away.',
  },
];
