import { createHash } from 'node:crypto';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Edit, EditConflict } from '../domain/edit.ts';
import { addTime, DAY, HOUR, type Instant } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { addDays, instantAt, type LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { ToldStory } from '../domain/thread.ts';
import { listUnpublishedArticles } from '../store/articles.ts';
import { listEdits } from '../store/edits.ts';
import { saveDraft } from '../store/drafts.ts';
import { findIssue, findLastFreeze, type IssueKey } from '../store/issues.ts';
import { listStories, saveStories } from '../store/stories.ts';
import { listThemeLessons } from '../store/theme-lessons.ts';
import { listToldStories } from '../store/threads.ts';
import type { App } from './app.ts';
import type { MorningInputs } from './morning-inputs.ts';
import { limitTexts } from './limit-texts.ts';
import { loadOwnLexicon } from './load-lexicon.ts';
import { makeMorning } from './make-morning.ts';
import { packMorning } from './pack-morning.ts';
import { readBackground } from './read-background.ts';

/** What a build came to. `isFresh` is false when the issue was frozen already and was only looked up. */
export interface BuiltIssue {
  readonly issue: Issue;
  readonly isFresh: boolean;
  /** Edits that could not be done, or not all. */
  readonly conflicts: readonly EditConflict[];
}

const USUAL_WINDOW = 36 * HOUR;
const LONGEST_WINDOW = 7 * DAY;
/** A thread that nobody heard of for so long has ended. */
const DAYS_FOLLOWED = 14;

/**
 * Makes or refreshes the draft of a date from the articles no issue has printed yet, with the editor's edits done again.
 * A frozen issue is returned as it stands; too few stories make a skipped day with the reason.
 */
export async function buildIssue(
  app: App,
  newsletter: Newsletter,
  date: LocalDate,
): Promise<BuiltIssue> {
  return await rebuildIssue(app, newsletter, { date, edit: null });
}

/** Makes the draft with one edit more, which is logged if and only if the draft that has it is saved. */
export async function rebuildIssue(
  app: App,
  newsletter: Newsletter,
  wish: { readonly date: LocalDate; readonly edit: Edit | null },
): Promise<BuiltIssue> {
  const key: IssueKey = { newsletter: newsletter.slug, date: wish.date, kind: newsletter.kind };
  const before = await findIssue(app.store, key);
  if (before && before.state !== 'draft' && before.state !== 'skipped') {
    return { issue: before, isFresh: false, conflicts: [] };
  }
  const { inputs, morning } = await makeMorning(app, await listInputs(app, newsletter, wish));
  const { document, clustered, ...made } = morning;
  const stories = document.counts.stories;
  const isEnough = stories >= newsletter.minimumStories;
  const now = app.now();
  const issue = await saveDraft(app.store, key, {
    id: before?.id ?? nameIssue(key),
    document,
    now,
    skipReason: isEnough ? null : describeShortage(stories, newsletter),
    edits: { known: findLastNumber(inputs.edits, wish.edit), added: wish.edit },
    inputs: await packMorning({ inputs, made }),
  });
  await saveStories(app.store, clustered, { newsletter: newsletter.slug, now });
  app.log.info('issue.built', { issue: issue.id, state: issue.state, stories });
  const isFresh = issue.state === 'draft' || issue.state === 'skipped';
  return { issue, isFresh, conflicts: made.conflicts };
}

function findLastNumber(edits: readonly Edit[], added: Edit | null): number {
  return edits.filter((edit) => edit !== added).at(-1)?.number ?? 0;
}

async function listInputs(
  app: App,
  newsletter: Newsletter,
  wish: { readonly date: LocalDate; readonly edit: Edit | null },
): Promise<MorningInputs> {
  const { date, edit } = wish;
  const { slug } = newsletter;
  const window = await chooseWindow(app, newsletter, date);
  const found = await listUnpublishedArticles(app.store, { newsletter: slug, ...window });
  const listed =
    newsletter.hasImages === false ? found.map((article) => ({ ...article, image: null })) : found;
  const articles = limitTexts(listed);
  const keys = new Set(listed.map(({ key }) => key));
  const known = await listStories(app.store, slug);
  const edits = await listEdits(app.store, { newsletter: slug, date });
  const followed = { from: addDays(date, -DAYS_FOLLOWED), before: date };
  const told = await listToldStories(app.store, slug, followed);
  return {
    newsletter,
    date,
    cutOff: window.until,
    articles,
    known: known.filter((story) => story.articles.some((key) => keys.has(key))),
    told,
    background: await readBackground(app, [...articles, ...told.map(toText)]),
    lexicon: loadOwnLexicon(app.settings.configFile),
    lessons: await listThemeLessons(app.store, slug),
    edits: edit ? [...edits, edit] : edits,
  };
}

/** What an issue told, as the clustering reads articles. */
function toText({ title, text, language }: ToldStory) {
  return { title, summary: text, text: '', language };
}

function describeShortage(stories: number, newsletter: Newsletter): string {
  const found =
    stories === 0 ? 'no story' : `only ${stories} of at least ${newsletter.minimumStories} stories`;
  return `quiet day: ${found} to publish`;
}

/** An issue's id: stable over rebuilds, so that Message-IDs made from it are too. */
function nameIssue(key: IssueKey): string {
  const hash = createHash('sha256').update(`${key.newsletter}/${key.date}/${key.kind}`);
  return `i-${hash.digest('hex').slice(0, 16)}`;
}

/** Articles since the last issue was frozen, but of 36 hours at least and of a week at most, up to the end of the date. */
async function chooseWindow(
  app: App,
  newsletter: Newsletter,
  date: LocalDate,
): Promise<{ from: Instant; until: Instant }> {
  const endOfDate = instantAt(newsletter.zone, addDays(date, 1), '00:00');
  if (!endOfDate) {
    throw new BriefingError(
      'invalid',
      `The date ${date} did not exist in ${newsletter.zone}. Choose another date.`,
    );
  }
  const justAfterNow = addTime(app.now(), 1);
  const until = endOfDate < justAfterNow ? endOfDate : justAfterNow;
  const last = await findLastFreeze(app.store, newsletter.slug, date);
  const usual = addTime(until, -USUAL_WINDOW);
  const earliest = addTime(until, -LONGEST_WINDOW);
  const from = last && last < usual ? last : usual;
  return { from: from < earliest ? earliest : from, until };
}
