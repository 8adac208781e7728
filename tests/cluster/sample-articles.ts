import type { Candidate } from '../../src/domain/article.ts';

/** An ordinary English article with what a test says about it. */
export function sampleArticle(given: Partial<Candidate> & { key: string }): Candidate {
  return {
    url: `https://example.org/${given.key}`,
    title: `Title of ${given.key}`,
    summary: '',
    text: '',
    outlet: { key: `${given.key}.example`, name: given.key },
    language: 'en',
    publishedAt: '2026-03-02T05:00:00.000Z',
    isDateGuessed: false,
    image: null,
    categories: [],
    feedWeight: 1,
    position: 0,
    themeHint: null,
    ...given,
  };
}

export const HARBOUR_FIRE: Candidate = sampleArticle({
  key: 'globe-fire',
  title: 'Fire destroys grain warehouse in Port Alder harbour',
  summary:
    'A fire destroyed a grain warehouse in the harbour of Port Alder on Sunday night. Two firefighters were taken to hospital with burns, the harbour master said.',
  outlet: { key: 'globe.example', name: 'The Globe' },
});

export const HARBOUR_FIRE_ELSEWHERE: Candidate = sampleArticle({
  key: 'courier-fire',
  title: 'Two firefighters hurt as Port Alder grain warehouse burns down',
  summary:
    'Flames tore through a warehouse full of grain in Port Alder late on Sunday, and two firefighters suffered burns. The harbour stayed closed on Monday morning.',
  outlet: { key: 'courier.example', name: 'The Courier' },
  publishedAt: '2026-03-02T06:30:00.000Z',
});

export const RATE_CUT: Candidate = sampleArticle({
  key: 'ledger-rates',
  title: 'Central bank cuts interest rates for the first time in four years',
  summary:
    'The central bank lowered its main interest rate by a quarter point, saying inflation had come down faster than it expected.',
  outlet: { key: 'ledger.example', name: 'The Ledger' },
});

/** What outlets wrote below and above two fires. */
export const TOWN_FIRES: Readonly<Record<string, readonly string[]>> = {
  'Police questioned a baker over petrol found at the Wellbrook supermarket that burned down.': [
    'Wellbrook supermarket fire: baker questioned over petrol',
    'Baker held over petrol after supermarket fire in Wellbrook',
    'Police find petrol at burned Wellbrook supermarket',
    'Wellbrook supermarket burns, police suspect baker',
  ],
  'Pensioners of Banmouth slept in a gymnasium when the supermarket next door burned down.': [
    'Banmouth supermarket fire: pensioners sleep in gymnasium',
    'Pensioners in gymnasium after supermarket fire in Banmouth',
    'Banmouth gymnasium takes in pensioners as supermarket burns',
    'Supermarket fire drives Banmouth pensioners to gymnasium',
  ],
};
