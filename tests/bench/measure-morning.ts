import { join } from 'node:path';
import mjml2html from 'mjml';
import { assignThemes } from '../../src/app/assign-themes.ts';
import { loadLexicon } from '../../src/app/load-lexicon.ts';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { composeIssue } from '../../src/compose/compose-issue.ts';
import { rankStories } from '../../src/compose/rank-stories.ts';
import { tailorIssue } from '../../src/compose/tailor-issue.ts';
import type { Candidate } from '../../src/domain/article.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { findMedian, type Row } from './print-rows.ts';
import { DATE, listSampleArticles, NOW, readSampleNewsletter } from './sample-morning.ts';
import { ROOT } from './time-program.ts';

const ARTICLES = 1_000;
const ROUNDS = 5;
const LAYOUT =
  '<mjml><mj-body><mj-section><mj-column><mj-text>{{text}}</mj-text></mj-column></mj-section></mj-body></mjml>';

/** A day of 1,000 articles from normalized articles to the HTML of the mail: the first time in a process, then warm. */
export async function measureMorning(): Promise<readonly Row[]> {
  const articles = listSampleArticles(ARTICLES);
  const newsletter = readSampleNewsletter();
  const sources = await readTemplates(join(ROOT, 'templates'));
  const kit = await compileTemplates(sources, chooseLook(sources, newsletter.look));
  const times = Array.from({ length: ROUNDS + 1 }, () => timeMorning(articles, newsletter, kit));
  const copy = { what: 'JSON there and back', value: timeWork(() => copyArticles(articles)) };
  const layout = { what: 'mjml, one text', value: await timeMjml() };
  const [first = [], ...again] = times;
  const target = { value: 1_000 };
  const steps = ['cluster', 'themes, rank', 'compose', 'render'];
  return [
    { what: '1,000 articles → HTML, first', unit: 'ms', value: sum(first), target, beside: copy },
    {
      what: '1,000 articles → HTML, again',
      unit: 'ms',
      value: findMedian(again.map(sum)),
      target,
      beside: copy,
    },
    ...steps.map((step, place): Row => {
      const value = findMedian(again.map((round) => round[place] ?? 0));
      const beside = step === 'render' ? layout : copy;
      return { what: `  ${step}`, unit: 'ms', value, target: null, beside };
    }),
  ];
}

/** Milliseconds of each step. */
function timeMorning(
  candidates: readonly Candidate[],
  newsletter: Newsletter,
  kit: Parameters<typeof renderIssue>[0],
): readonly number[] {
  const articles = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  const marks = [performance.now()];
  const stories = clusterArticles(candidates);
  marks.push(performance.now());
  const lexicon = loadLexicon();
  const themes = assignThemes(stories, { newsletter, articles, lexicon, lessons: [] });
  const ranked = rankStories(stories, { articles, themes, cutOff: NOW });
  marks.push(performance.now());
  const { document } = composeIssue(ranked, { articles, newsletter, date: DATE });
  marks.push(performance.now());
  const reading = {
    language: newsletter.language,
    look: kit.look,
    preferences: NO_PREFERENCES,
    isOlder: false,
    partOfDay: null,
  };
  renderIssue(kit, tailorIssue(document, reading, []));
  marks.push(performance.now());
  return marks.slice(1).map((mark, place) => mark - (marks[place] ?? 0));
}

function copyArticles(articles: readonly Candidate[]): unknown {
  return JSON.parse(JSON.stringify(articles));
}

function timeWork(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return findMedian(times);
}

async function timeMjml(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await mjml2html(LAYOUT, { fonts: {} });
    times.push(performance.now() - start);
  }
  return findMedian(times);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
