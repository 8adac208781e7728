import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDifference } from '../../src/compose/find-difference.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, HOUR } from '../../src/domain/instant.ts';
import type { LabelledArticle } from './newsroom-sets.ts';

/** Whether a labeller says that a story's reports differ, and whether we do. */
interface Answer {
  readonly wanted: boolean;
  readonly found: boolean;
}

interface Case {
  readonly language: string;
  readonly figures: readonly string[] | null;
  readonly reports: readonly {
    readonly outlet: string;
    readonly hoursAgo: number;
    readonly title: string;
    readonly summary: string;
  }[];
}

type Gold = Readonly<
  Record<string, { readonly event: string; readonly conflict?: { readonly figure: string } }>
>;

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'differences', 'cases.json');
const GOLD = join(import.meta.dirname, '..', '..', 'seeds', 'morning', 'gold.json');

/** Our answers on the labelled pairs and triples of short reports. */
export function answerCases(): readonly Answer[] {
  const cases = JSON.parse(readFileSync(FIXTURES, 'utf8')) as readonly Case[];
  return cases.map((sample) => ({
    wanted: sample.figures !== null,
    found:
      findDifference(
        sample.reports.map((report, place) => read(report, place, sample.language)),
      ) !== null,
  }));
}

/** Our answers on every event of the bundled morning that several articles in English tell. */
export function answerMorning(articles: readonly LabelledArticle[]): readonly Answer[] {
  const gold = Object.values(JSON.parse(readFileSync(GOLD, 'utf8')) as Gold);
  const english = articles.filter(({ candidate }) => (candidate.language ?? 'en') === 'en');
  const events = Map.groupBy(english, ({ event }) => event);
  return [...events].flatMap(([event, all]) => {
    const labels = gold.filter((label) => label.event === event && label.conflict);
    const wanted = new Set(labels.map(({ conflict }) => conflict?.figure)).size > 1;
    const found = findDifference(all.map(({ candidate }) => candidate)) !== null;
    return all.length > 1 ? [{ wanted, found }] : [];
  });
}

function read(report: Case['reports'][number], place: number, language: string): Candidate {
  const { outlet, hoursAgo, title, summary } = report;
  return {
    key: `report ${place}`,
    url: null,
    title,
    summary,
    text: '',
    outlet: { key: outlet, name: outlet },
    language,
    publishedAt: addTime('2026-03-02T06:00:00.000Z', -hoursAgo * HOUR),
    isDateGuessed: false,
    image: null,
    categories: [],
    feedWeight: 1,
    position: 0,
    themeHint: null,
  };
}
