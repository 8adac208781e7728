import { fillHtml, fillText } from '../domain/slots.ts';
import type { Correction } from '../domain/correction.ts';
import type { Email } from '../domain/email.ts';
import { listIssueStories, type Issue, type IssueState, type IssueStory } from '../domain/issue.ts';
import { isLocalDate, type LocalDate } from '../domain/local-time.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { TemplateKit } from '../render/compile-templates.ts';
import { findNeighbours, findOnShelf, listShelf, type Shelf } from '../store/archive.ts';
import { listCorrections } from '../store/corrections.ts';
import type { App } from './app.ts';
import { keepRecent } from './keep-recent.ts';
import { locatePicture, placePicture } from './name-picture.ts';
import { inventReader, openPress, writeMessage, type Press } from './write-message.ts';

/** A newsletter's issues on the web: what was published, or for an editor at this machine also the drafts. */
export interface ArchivePlace {
  readonly newsletter: Newsletter;
  readonly scope: 'published' | 'all';
}

/** An issue on the web, and the dates of those around it. */
export interface ArchivedIssue {
  readonly issue: Issue;
  readonly earlier: LocalDate | null;
  readonly later: LocalDate | null;
  /** What was put right in it, oldest first. */
  readonly corrections: readonly Correction[];
}

/** A theme's stories of one issue. */
export interface ArchivedSection {
  readonly date: LocalDate;
  readonly stories: readonly IssueStory[];
}

const PUBLISHED: readonly IssueState[] = ['frozen', 'sending', 'paused', 'finished'];
/** Stands for whatever address the page is seen at; a name nobody can own (RFC 2606). */
const HERE = 'https://here.invalid';
const PAGE = 30;
const MOST_PRESSES = 12;

/** The newest issues, thirty at a time; `next` is the date to go on before, null at the end. */
export async function listArchive(
  app: App,
  place: ArchivePlace,
  before?: string,
): Promise<{ readonly issues: readonly Issue[]; readonly next: LocalDate | null }> {
  const isDated = before !== undefined && isLocalDate(before);
  const page = { limit: PAGE + 1, ...(isDated && { before }) };
  const found = await listShelf(app.store, toShelf(place), page);
  const issues = found.slice(0, PAGE);
  return { issues, next: found.length > PAGE ? (issues.at(-1)?.date ?? null) : null };
}

/** The issue of a date; null when there is none to be seen, or the date is none. */
export async function findArchivedIssue(
  app: App,
  place: ArchivePlace,
  date: string,
): Promise<ArchivedIssue | null> {
  if (!isLocalDate(date)) return null;
  const issue = await findOnShelf(app.store, toShelf(place), date);
  if (!issue) return null;
  const corrections = await listCorrections(app.store, issue.id);
  return { issue, corrections, ...(await findNeighbours(app.store, toShelf(place), date)) };
}

/** A theme's stories in the newest thirty issues; null when the newsletter neither has nor had such a theme. */
export async function listThemeStories(
  app: App,
  place: ArchivePlace,
  theme: string,
): Promise<{ readonly name: string; readonly sections: readonly ArchivedSection[] } | null> {
  const { issues } = await listArchive(app, place);
  const known = place.newsletter.themes.find(({ slug }) => slug === theme);
  const named = issues
    .flatMap(({ document }) => document.sections)
    .find((section) => section.theme === theme);
  const name = known?.name ?? named?.name;
  if (name === undefined) return null;
  const sections = issues.map(({ date, document }) => ({
    date,
    stories: listIssueStories(document).filter((story) => story.theme === theme),
  }));
  return { name, sections: sections.filter(({ stories }) => stories.length > 0) };
}

/** An issue as everybody may see it: the mail itself, written by the code that mails it, with nothing of a reader in it. */
export async function writeWebCopy(
  app: App,
  { newsletter }: ArchivePlace,
  issue: Issue,
): Promise<Email> {
  const press = await openArchivePress(app, newsletter, issue);
  const { language } = issue.document.newsletter;
  const noon = `${issue.date}T12:00:00.000Z`;
  // Without a zone nobody's clock is known, and nobody is greeted.
  const reader = inventReader({ zone: '', language }, 'reader@example.org', noon);
  const { subject, email } = writeMessage(press, reader, '<web@localhost>');
  const html = fillHtml(email.html, {}).replaceAll(`${HERE}/`, '/');
  return { subject, html, text: fillText(email.text, {}) };
}

/** The templates an issue was frozen with, or for a draft those on disk. */
export async function findIssueKit(
  app: App,
  { newsletter }: ArchivePlace,
  issue: Issue,
): Promise<TemplateKit> {
  return (await openArchivePress(app, newsletter, issue)).kit;
}

function toShelf({ newsletter, scope }: ArchivePlace): Shelf {
  const states: readonly IssueState[] = scope === 'all' ? [...PUBLISHED, 'draft'] : PUBLISHED;
  return { newsletter: newsletter.slug, states };
}

// A frozen issue never changes, and compiling its templates costs more than all the rest of a page.
const kept = new WeakMap<App, Map<string, Press>>();

async function openArchivePress(app: App, newsletter: Newsletter, issue: Issue): Promise<Press> {
  const presses = kept.get(app) ?? new Map<string, Press>();
  kept.set(app, presses);
  const known = issue.contentHash && presses.get(issue.contentHash);
  if (known) return known;
  const opened = await openPress(app, newsletter, issue);
  const document = placePicture(issue.document, locatePicture(app, issue.document, HERE));
  const press = { ...opened, document };
  if (!issue.contentHash) return press;
  keepRecent(presses, { key: issue.contentHash, value: press }, MOST_PRESSES);
  return press;
}
