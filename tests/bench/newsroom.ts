import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBackground } from '../../src/app/load-background.ts';
import { loadLexicon } from '../../src/app/load-lexicon.ts';
import { assignThemes } from '../../src/cluster/assign-theme.ts';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { compareTexts } from '../../src/cluster/compare-texts.ts';
import { answerCases, answerMorning } from './newsroom-differences.ts';
import { compileLexicon, type CompiledLexicon } from '../../src/cluster/compile-lexicon.ts';
import { MAIN_THEMES } from '../../src/domain/main-themes.ts';
import { describeFloods } from './newsroom-flood.ts';
import { readMorning } from './newsroom-morning.ts';
import { hasSet, readArticles, readPairs, type LabelledArticle } from './newsroom-sets.ts';
import { scoreJoining } from './score-joining.ts';
import { scoreThreads } from './score-threads.ts';
import { scoreAnswers, scoreClusters, scoreHits } from './score-newsroom.ts';

/** One figure; `floor` is what was measured elsewhere on sets of the same kind, `reach` what we want. */
interface Row {
  readonly set: string;
  readonly measure: string;
  readonly value: number;
  readonly floor: string;
  readonly reach: string;
}

/** What a set is compared with: floor and reach of each measure, as text; '' where nobody said. */
type Marks = Readonly<Record<string, readonly [string, string]>>;

/** One answer of `classify`, and whether it was right. */
interface ThemeAnswer {
  readonly isRight: boolean;
  readonly confidence: number;
}

const CLUSTER_SETS: Readonly<Record<string, Marks>> = {
  'feeds2024.dev': {
    BCubed: ['.926', '≥ .945'],
    'pair F1': ['.71', '≥ .76'],
    'kept alone': ['.82', '≥ .90'],
  },
  'allsides.dev': { BCubed: ['.883', '≥ .91'] },
  'basil.dev': { BCubed: ['.883', '≥ .91'] },
  'neus.dev': { BCubed: ['', ''] },
  'ecbplus.dev': { BCubed: ['.90', '≥ .92'] },
  'uci2014.dev': { BCubed: ['.757', '≥ .79'] },
};

const THEME_SETS: Readonly<Record<string, readonly [string | undefined, string, string]>> = {
  'theme_agnews.dev': ['theme_agnews', '.84', '≥ .88'],
  'theme_masakha_eng.dev': ['theme_masakha', '.75', '≥ .81'],
  'theme_masakha_fra.dev': ['theme_masakha', '.74', '≥ .79'],
  'feeds2024.dev': [undefined, '', ''],
  'theme_wikitimes.dev': ['theme_wikitimes', '', ''],
  'theme_sib200_en.dev': ['theme_sib200', '', ''],
  'theme_sib200_de.dev': ['theme_sib200', '', ''],
  'theme_sib200_fr.dev': ['theme_sib200', '', ''],
  'theme_sib200_es.dev': ['theme_sib200', '', ''],
};

const REWRITES = 'natural-full-body-jaccard>=.5';
const background = loadBackground();
const lexicon = compileThemes();
const answers: ThemeAnswer[] = [];
const rows: readonly Row[] = [
  ...scoreMorning(),
  ...Object.entries(CLUSTER_SETS).flatMap(([set, marks]) =>
    hasSet(set) ? scoreStories(set, readArticles(set), marks) : [],
  ),
  ...['allsides.dev', 'neus.dev', 'ecbplus.dev'].flatMap(scoreHeadlines),
  ...scoreDuplicates('neardup.dev'),
  ...Object.entries(THEME_SETS).flatMap(([set, [map, floor, reach]]) =>
    hasSet(set) ? scoreThemes(set, readArticles(set, map), [floor, reach]) : [],
  ),
  ...scoreBareTitles('feeds2024.dev'),
  ...scoreAffairs('theme_wikitimes.dev'),
  ...['feeds2024.dev'].filter(hasSet).map((set) => scoreJoined(set, readArticles(set))),
  ...describeFloods(),
];
const table = [formatTable(rows), ...describeConfidence(answers)].join('\n\n');
console.log(table);
writeFileSync(join(import.meta.dirname, 'newsroom.md'), describeTable(table));

function scoreMorning(): readonly Row[] {
  const morning = readMorning();
  return [
    ...scoreStories('bundled morning', morning, { BCubed: ['', ''], 'pair F1': ['', ''] }),
    scoreJoined('bundled morning', morning),
    ...scoreThemes('bundled morning', morning, ['', '']),
    ...scoreDifferences('bundled morning', answerMorning(morning)),
    ...scoreDifferences('labelled reports', answerCases()),
  ];
}

function scoreDifferences(
  set: string,
  answers: Parameters<typeof scoreAnswers>[0],
): readonly Row[] {
  const { precision, recall } = scoreAnswers(answers);
  return [
    { set, measure: 'reports differ, P', value: precision, floor: '', reach: '≥ .90' },
    { set, measure: 'reports differ, R', value: recall, floor: '', reach: '' },
  ];
}

function scoreStories(
  set: string,
  articles: readonly LabelledArticle[],
  marks: Marks,
): readonly Row[] {
  const stories = clusterArticles(
    articles.map(({ candidate }) => candidate),
    background,
  );
  const gold = articles.flatMap(({ candidate, event }) =>
    event === null ? [] : [[candidate.key, event] as const],
  );
  const found = stories.flatMap(({ id, articles }) => articles.map((key) => [key, id] as const));
  const score = scoreClusters(new Map(gold), new Map(found));
  const values: Readonly<Record<string, number>> = {
    BCubed: score.bcubed,
    'pair F1': score.pairs,
    'kept alone': score.keptAlone,
  };
  return Object.entries(marks).map(([measure, [floor, reach]]) => {
    return { set, measure: `stories, ${measure}`, value: values[measure]!, floor, reach };
  });
}

/** The same articles with nothing but their titles. */
function scoreHeadlines(set: string): readonly Row[] {
  if (!hasSet(set)) return [];
  const bare = readArticles(set).map((article) => ({
    ...article,
    candidate: { ...article.candidate, summary: '', text: '' },
  }));
  return scoreStories(`${set}, bare titles`, bare, {
    BCubed: ['', ''],
    'pair F1': ['', ''],
  });
}

function scoreDuplicates(set: string): readonly Row[] {
  if (!hasSet(set)) return [];
  const answers = readPairs(set).map(({ a, b, isSame, stratum }) => {
    return { wanted: isSame, found: compareTexts(a, b).same, stratum };
  });
  const all = scoreAnswers(answers.filter(({ stratum }) => stratum !== REWRITES));
  const rewrites = scoreAnswers(answers.filter(({ stratum }) => stratum === REWRITES));
  const measure = 'near-duplicates';
  return [
    { set, measure: `${measure}, P`, value: all.precision, floor: '.999', reach: '≥ .999' },
    { set, measure: `${measure}, R`, value: all.recall, floor: '.983', reach: '≥ .985' },
    { set, measure: 'natural rewrites, R', value: rewrites.recall, floor: '.41', reach: '≥ .55' },
  ];
}

function scoreThemes(
  set: string,
  articles: readonly LabelledArticle[],
  [floor, reach]: readonly [string, string],
): readonly Row[] {
  const assigned = assignThemes(
    articles.map(({ candidate }) => [candidate]),
    lexicon,
  );
  const found = articles.flatMap(({ themes }, place) => {
    const { theme, confidence } = assigned[place]!;
    return themes.length === 0 ? [] : [{ isRight: themes.includes(theme ?? ''), confidence }];
  });
  if (reach !== '') answers.push(...found);
  const value = scoreHits(found.map(({ isRight }) => isRight));
  return [{ set, measure: 'themes, accuracy', value, floor, reach }];
}

/** Titles without text, URL or feed: nothing but the headline to go by. */
function scoreBareTitles(set: string): readonly Row[] {
  if (!hasSet(set)) return [];
  const bare = readArticles(set).map((article) => ({
    ...article,
    candidate: { ...article.candidate, url: null, categories: [] },
  }));
  return scoreThemes(`${set}, bare titles`, bare, ['.57', '≥ .66']);
}

/** How often a day's articles find the affair they go on with; see score-threads.ts for the two ways to count. */
function scoreAffairs(set: string): readonly Row[] {
  if (!hasSet(set)) return [];
  const { links, pairs } = scoreThreads(readArticles(set), background);
  return [
    { set, measure: 'links to the days before, F1', value: links, floor: '.63', reach: '≥ .70' },
    { set, measure: 'pairs over days in one thread, F1', value: pairs, floor: '', reach: '' },
  ];
}

function compileThemes(): CompiledLexicon {
  const themes = MAIN_THEMES.map((slug) => ({ slug, name: slug, words: [], cap: 1 }));
  return compileLexicon(themes, loadLexicon());
}

function scoreJoined(set: string, articles: readonly LabelledArticle[]): Row {
  const measure = 'half a day joined by the rest beside the day at once, BCubed';
  return { set, measure, value: scoreJoining(articles, background), floor: '', reach: '' };
}

function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ set, measure, value, floor, reach }) => {
    return `| ${set} | ${measure} | ${value.toFixed(3)} | ${floor} | ${reach} |`;
  });
  return ['| set | measure | ours | floor | reach |', '|---|---|---|---|---|', ...lines].join('\n');
}

/** Whether the stated confidence is honest: what was said beside what was right, over the sets with a figure to reach. */
function describeConfidence(answers: readonly ThemeAnswer[]): readonly string[] {
  const bins = Array.from({ length: 10 }, (_, bin) =>
    answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin),
  ).filter((bin) => bin.length > 0);
  if (bins.length === 0) return [];
  const lines = bins.map((bin) => {
    const said = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length;
    const right = scoreHits(bin.map(({ isRight }) => isRight));
    return `| ${said.toFixed(2)} | ${right.toFixed(2)} | ${bin.length} |`;
  });
  const heads = ['| confidence of a theme, stated | right | articles |', '|---|---|---|'];
  return [[...heads, ...lines].join('\n')];
}

function describeTable(table: string): string {
  return `# The newsroom in figures

Written by \`npm run bench:newsroom\`. The floor was measured elsewhere on other sets of the same kind; the labelled sets of others are measured when somebody has them, the bundled morning and the invented floods always.

${table}
`;
}
