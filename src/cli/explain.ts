import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { ExplainedArticle, ExplainedStory, StoryExplanation } from '../app/explain-issue.ts';
import { describeCount } from '../domain/describe-count.ts';
import type { CutReason, Issue } from '../domain/issue.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { describeEdit } from './describe-edit.ts';
import { describeReason } from './describe-reason.ts';
import { print, printJson, printTable } from './terminal.ts';

const MOST_CUT = 20;
const MOST_THEMES = 3;
const MOST_TOLD = 7;
const MOST_NEWS = 8;

const NEWS = {
  figure: 'figure',
  name: 'name',
  stage: 'new stage',
  words: 'words never told',
} as const;

const REASONS: Readonly<Record<CutReason, string>> = {
  dropped: 'an editor dropped it',
  language: 'not in a language the newsletter wants',
  'excluded-word': 'its title has an excluded word',
  sponsored: 'somebody paid for it',
  'live-blog': 'nothing but a live blog',
  'no-headline': 'no words to print',
  'told-before': 'told before, and nothing new since',
  'outlet-cap': 'its outlet has enough stories',
  'section-cap': 'its section is full',
  'word-budget': 'no reading time left',
  'below-cut': 'others scored higher',
};

/** `daybrief explain`: why stories were merged, ranked and cut. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain <issue> [story]')
    .description('why: the score of every story, what was cut; or all about one STORY')
    .option('--all', `every story that was cut, not only the first ${MOST_CUT}`)
    .action(act(explain));
}

async function explain(
  flags: GlobalFlags & { readonly all?: boolean },
  name: string,
  story?: string,
): Promise<void> {
  await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const { issue } = await findNamedIssue(app, name, flags.newsletter);
    if (story === undefined) await showStories(app, issue, flags);
    else await showStory(app, { issue, story }, flags);
  });
}

async function showStories(
  app: App,
  issue: Issue,
  flags: GlobalFlags & { readonly all?: boolean },
): Promise<void> {
  const { explainIssue } = await import('../app/explain-issue.ts');
  const stories = await explainIssue(app, issue);
  const cut = stories.filter(({ place }) => place === 'cut');
  const shown = flags.all ? cut : cut.slice(0, MOST_CUT);
  const printed = stories.filter(({ place }) => place !== 'cut');
  if (flags.json) return printJson({ printed, cut: shown, cutInAll: cut.length });
  printTable(
    ['', 'place', 'score', '= terms', 'reports', 'theme', 'mark', 'headline'],
    printed.map((story) => [
      String(story.number),
      story.place,
      story.score.toFixed(2),
      listTerms(story),
      countReports(story),
      describeTheme(story),
      story.marks.join(' '),
      story.headline,
    ]),
  );
  print('');
  print(cut.length === 0 ? 'Nothing was cut.' : `Cut: ${cut.length}`);
  if (shown.length === 0) return;
  printTable(
    ['id', 'score', 'reports', 'theme', 'why', 'headline'],
    shown.map((story) => [
      story.story,
      story.score.toFixed(2),
      countReports(story),
      describeTheme(story),
      describeCut(story),
      story.headline,
    ]),
  );
  const left = cut.length - shown.length;
  if (left > 0) print(`… and ${left} more: daybrief explain ${issue.date} --all`);
}

async function showStory(
  app: App,
  named: { readonly issue: Issue; readonly story: string },
  flags: GlobalFlags,
): Promise<void> {
  const { explainIssueStory } = await import('../app/explain-issue.ts');
  const explanation = await explainIssueStory(app, named.issue, named.story);
  if (flags.json) printJson(explanation);
  else printStory(explanation);
}

function printStory(explanation: StoryExplanation): void {
  const { story, themes, thread, articles, edits } = explanation;
  print(`“${story.headline}” (${story.story})`);
  const where =
    story.number === null ? `cut: ${describeCut(story)}` : `${story.number}, ${story.place}`;
  print(`place    ${where}`);
  print(`score    ${story.score.toFixed(3)}`);
  for (const [term, value] of Object.entries(story.terms))
    print(`         ${value >= 0 ? '+' : '−'} ${Math.abs(value).toFixed(3)}  ${term}`);
  print(`reports  ${countReports(story)}`);
  print(`theme    ${describeTheme(story)}`);
  for (const reason of themes.slice(0, MOST_THEMES)) print(`         ${describeReason(reason)}`);
  printThread(story, thread);
  print(`words    ${story.keywords.join(', ')}`);
  for (const { model, closeness, titles } of explanation.meaning)
    print(
      `meaning  joined by meaning, ${closeness.toFixed(2)} by the model ${model}: “${titles.join('” and “')}”`,
    );
  for (const article of articles) printArticle(article);
  if (edits.length > 0) print('\nEdits');
  for (const edit of edits) print(describeEdit(edit));
}

function printThread(story: ExplainedStory, thread: StoryExplanation['thread']): void {
  if (thread === null) return;
  const { id, told, news } = thread;
  if (told.length === 0) return print(`thread   ${id}, which begins here`);
  const days = new Set(told.map(({ date }) => date)).size;
  print(`thread   ${id}, told on ${describeCount(days, 'day')}`);
  for (const { date, title } of told.slice(-MOST_TOLD)) print(`         ${date}  ${title}`);
  const said = news.slice(0, MOST_NEWS).map(({ kind, said: words }) => `${NEWS[kind]} ${words}`);
  const more = news.length - said.length;
  if (more > 0) said.push(`and ${more} more`);
  print(
    news.length === 0
      ? '         no update: all of it was told before'
      : `         ${story.marks.includes('update') ? 'an update' : 'not told before'}: ${said.join(', ')}`,
  );
}

function printArticle(article: ExplainedArticle): void {
  const { number, outlet, title, publishedAt, copyOf, likeness } = article;
  print(
    `\n${String(number).padStart(3)}  ${outlet}, ${publishedAt.slice(0, 16).replace('T', ' ')} UTC: ${title}`,
  );
  if (copyOf !== null) print(`     nearly the same text as ${copyOf}`);
  if (likeness === null) return print('     nothing to compare it with: it is alone');
  const days = `${article.daysApart.toFixed(1)} days apart (× ${article.timeFactor.toFixed(2)})`;
  print(
    `     likeness to the rest ${likeness.toFixed(3)}; ${days}; few words × ${article.evidenceFactor.toFixed(2)}; outlets × ${article.outletFactor.toFixed(2)}`,
  );
  const words = article.words.map(({ word, weight }) => `${word} ${weight.toFixed(3)}`);
  const rest = [
    `other words ${article.others.toFixed(3)}`,
    `pieces of words ${article.pieces.toFixed(3)}`,
  ];
  print(`     ${[...words, ...rest].join(' + ')}`);
}

function listTerms({ terms }: ExplainedStory): string {
  return Object.entries(terms)
    .map(([term, value]) => `${term} ${value.toFixed(2)}`)
    .join(' + ');
}

function countReports({ independent, outlets, articles }: ExplainedStory): string {
  return `${independent} independent of ${outlets} (${describeCount(articles.length, 'article')})`;
}

function describeTheme({ theme, confidence }: ExplainedStory): string {
  return theme === null ? 'none' : `${theme} ${Math.round(confidence * 100)} %`;
}

function describeCut({ reason, detail }: ExplainedStory): string {
  const why = reason === null ? '' : REASONS[reason];
  return detail === null ? why : `${why} (${detail})`;
}
