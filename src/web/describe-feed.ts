import { findIssueKit, listArchive, writeWebCopy } from '../app/read-archive.ts';
import type { Issue } from '../domain/issue.ts';
import type { Instant } from '../domain/instant.ts';
import { cleanText } from '../render/clean-text.ts';
import { composeWholeView } from '../render/compose-web-view.ts';
import type { IssueView } from '../render/issue-view.ts';
import { renderPage, type PageView } from '../render/render-page.ts';
import type { ArchiveVisit } from './archive-visit.ts';
import { listDetails } from './describe-archived-story.ts';

/** One issue as a feed tells it, with all its stories. */
interface FeedItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly html: string;
  readonly publishedAt: Instant;
}

/** A feed, and when its newest issue was published. */
interface RenderedFeed {
  readonly body: string;
  readonly changedAt: Instant | null;
}

const MOST_ITEMS = 20;

/** The newest issues of a newsletter as RSS 2.0. */
export async function renderRss(visit: ArchiveVisit): Promise<RenderedFeed> {
  const { newsletter } = visit.place;
  const items = await listItems(visit);
  const xml = renderPage('rss', {
    title: cleanText(newsletter.name),
    description: cleanText(newsletter.name),
    homeUrl: `${visit.home}/issues`,
    selfUrl: `${visit.home}/feed.xml`,
    language: newsletter.language,
    updatedAt: items[0] ? formatDate(items[0].publishedAt) : '',
    items: items.map((item) => ({ ...item, publishedAtText: formatDate(item.publishedAt) })),
  });
  return { body: xml, changedAt: items[0]?.publishedAt ?? null };
}

/** The newest issues of a newsletter as JSON Feed 1.1. */
export async function renderJsonFeed(visit: ArchiveVisit): Promise<RenderedFeed> {
  const { newsletter } = visit.place;
  const items = await listItems(visit);
  const body = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanText(newsletter.name),
    home_page_url: `${visit.home}/issues`,
    feed_url: `${visit.home}/feed.json`,
    language: newsletter.language,
    items: items.map(({ id, url, title, summary, html, publishedAt }) => ({
      id,
      url,
      title,
      content_html: html,
      summary,
      date_published: publishedAt,
      language: newsletter.language,
    })),
  });
  return { body, changedAt: items[0]?.publishedAt ?? null };
}

async function listItems(visit: ArchiveVisit): Promise<readonly FeedItem[]> {
  const { issues } = await listArchive(visit.app, visit.place);
  return await Promise.all(issues.slice(0, MOST_ITEMS).map((issue) => describeItem(visit, issue)));
}

async function describeItem(visit: ArchiveVisit, issue: Issue): Promise<FeedItem> {
  const { document } = issue;
  const kit = await findIssueKit(visit.app, visit.place, issue);
  const { subject } = await writeWebCopy(visit.app, visit.place, issue);
  return {
    id: `${issue.newsletter}/${issue.date}/${issue.kind}`,
    url: `${visit.home}/issues/${issue.date}`,
    title: cleanXml(subject),
    summary: cleanXml(cleanText(document.dayInALine ?? document.lead?.summary)),
    html: cleanXml(renderPage('feed-issue', describeContent(composeWholeView(kit, document)))),
    publishedAt: issue.frozenAt ?? issue.builtAt,
  };
}

function describeContent(view: IssueView): PageView {
  const { words } = view;
  const lead = view.lead ? [{ name: words['theBigOne'] ?? '', stories: [view.lead] }] : [];
  const brief = { name: words['inBrief'] ?? '', stories: view.inBrief };
  const sections = [...lead, ...view.sections, ...(view.inBrief.length > 0 ? [brief] : [])];
  return {
    dayInALine: view.dayInALine,
    comma: words['comma'] ?? ',',
    method: words['method'] ?? '',
    sections: sections.map(({ name, stories }) => ({
      name,
      stories: stories.map((story) => ({
        headline: story.headline,
        url: story.url,
        summary: story.summary,
        details: listDetails(words, story),
        sources: story.sources.map(({ outlet, url }) => ({ outlet, url })),
      })),
    })),
  };
}

/** Without the two characters that HTML knows and XML does not. */
function cleanXml(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '').trim();
}

/** RFC 822 as RSS wants it. */
function formatDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
