import type { ArchivedIssue } from '../app/read-archive.ts';
import { findPicturePath } from '../app/name-picture.ts';
import type { Issue, IssueStory } from '../domain/issue.ts';
import { renderPhrase, directionOf, primaryLanguage } from '../render/catalogue.ts';
import { cleanText } from '../render/clean-text.ts';
import { renderDate } from '../render/render-date.ts';
import type { PageView } from '../render/render-page.ts';
import { chooseWebFurniture } from '../render/web-words.ts';
import type { ArchiveVisit } from './archive-visit.ts';

/** What the frame of a page has to know about it. */
export interface ArchivePage {
  /** Below the newsletter's pages, with a slash: `/issues/2026-03-09`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly type: 'website' | 'article';
}

/** Everything around what a page of the archive shows: its words, its addresses, what other sites read in its head. */
export function describeFrame(visit: ArchiveVisit, page: ArchivePage): PageView {
  const { newsletter } = visit.place;
  const furniture = chooseWebFurniture(newsletter.language);
  const canonical = `${visit.home}${page.path}`;
  const title = cleanText(page.title);
  return {
    language: furniture.language,
    direction: furniture.direction,
    words: furniture.words,
    ...describeStoryLanguage(newsletter.language, furniture.language),
    newsletter: cleanText(newsletter.name),
    title,
    description: cleanText(page.description),
    type: page.type,
    locale: newsletter.language.replace('-', '_'),
    canonical,
    canShare: true,
    mailUrl: `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(canonical)}`,
    listUrl: `${visit.base}/issues`,
    rssUrl: `${visit.home}/feed.xml`,
    jsonUrl: `${visit.home}/feed.json`,
  };
}

/** A list of issues, the newest first. */
export function describeIssues(
  visit: ArchiveVisit,
  list: { readonly issues: readonly Issue[]; readonly next: string | null },
): PageView {
  const { newsletter } = visit.place;
  const page = { path: '/issues', title: newsletter.name, description: newsletter.name };
  const { language, words } = chooseWebFurniture(newsletter.language);
  return {
    ...describeFrame(visit, { ...page, type: 'website' }),
    heading: cleanText(newsletter.name),
    empty: words['noIssues'] ?? '',
    issues: list.issues.map((issue) => ({
      url: `${visit.base}/issues/${issue.date}`,
      headline: cleanText(issue.document.lead?.headline ?? issue.document.newsletter.name),
      date: renderDate(issue.date, language),
      state: issue.contentHash ? '' : issue.state,
    })),
    olderUrl: list.next ? `${visit.base}/issues?before=${list.next}` : '',
    themes: newsletter.themes.map(({ slug, name }) => ({
      url: `${visit.base}/themes/${slug}`,
      name: cleanText(name),
    })),
  };
}

/** The stories of a theme, issue by issue. */
export function describeTheme(
  visit: ArchiveVisit,
  theme: { readonly slug: string; readonly name: string },
  sections: readonly { readonly date: string; readonly stories: readonly IssueStory[] }[],
): PageView {
  const { newsletter } = visit.place;
  const { language, words } = chooseWebFurniture(newsletter.language);
  const title = `${theme.name} · ${newsletter.name}`;
  const page = { path: `/themes/${theme.slug}`, title, description: title };
  return {
    ...describeFrame(visit, { ...page, type: 'website' }),
    heading: cleanText(theme.name),
    empty: words['noneOfTheme'] ?? '',
    issues: sections.flatMap(({ date, stories }) =>
      stories.map((story) => ({
        url: `${visit.base}/issues/${date}/${story.id}`,
        headline: cleanText(story.headline),
        date: renderDate(date, language),
      })),
    ),
  };
}

/** What stands around an issue: the way to the ones before and after it, and its picture for other sites. */
export function describeIssue(
  visit: ArchiveVisit,
  { issue, earlier, later }: ArchivedIssue,
  subject: string,
): PageView {
  const { document } = issue;
  const description = document.dayInALine ?? document.lead?.summary ?? subject;
  const page = { path: `/issues/${issue.date}`, title: subject, description };
  return {
    ...describeFrame(visit, { ...page, type: 'article' }),
    hash: issue.contentHash ?? '',
    publishedAt: issue.frozenAt ?? '',
    picture: locatePicture(visit, document.lead, visit.origin),
    earlierUrl: earlier ? `${visit.base}/issues/${earlier}` : '',
    laterUrl: later ? `${visit.base}/issues/${later}` : '',
  };
}

/** Where a story's picture is shown from here; empty when it has none. */
export function locatePicture(visit: ArchiveVisit, story: IssueStory | null, origin = ''): string {
  const path = findPicturePath(visit.app.secret, story?.image?.url);
  return path && `${origin}${path}`;
}

/** The page that says there is nothing here, and where to go on. */
export function describeFault(
  visit: ArchiveVisit,
  fault: { readonly heading: string; readonly message: string },
): PageView {
  const { newsletter } = visit.place;
  const { words } = chooseWebFurniture(newsletter.language);
  const page = { path: '/issues', title: fault.heading, description: newsletter.name };
  return {
    ...describeFrame(visit, { ...page, type: 'website' }),
    ...fault,
    canShare: false,
    ways: [
      { url: `${visit.base}/issues`, name: words['allIssues'] ?? '' },
      ...newsletter.themes.map(({ slug, name }) => ({
        url: `${visit.base}/themes/${slug}`,
        name: renderPhrase(words['moreOf'] ?? '', { theme: cleanText(name) }),
      })),
    ],
  };
}

/** Set where the stories are not in the language of the words around them. */
function describeStoryLanguage(stories: string, furniture: string): PageView {
  const language = primaryLanguage(stories);
  if (language === furniture) return {};
  return { storyLanguage: language, storyDirection: directionOf(language) };
}
