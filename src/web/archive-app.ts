import { Hono, type Context } from 'hono';
import type { App } from '../app/app.ts';
import { listNewsletters } from '../app/list-newsletters.ts';
import { listToldBefore } from '../app/list-told-before.ts';
import {
  findArchivedIssue,
  findIssueKit,
  listArchive,
  listThemeStories,
  writeWebCopy,
  type ArchivePlace,
} from '../app/read-archive.ts';
import { findPrintedStory, listStoryReports } from '../app/read-archived-story.ts';
import { showPicture } from '../app/show-picture.ts';
import type { Instant } from '../domain/instant.ts';
import { listIssueStories } from '../domain/issue.ts';
import { cleanText } from '../render/clean-text.ts';
import { dressMail } from '../render/dress-mail.ts';
import { renderPage, type PageView } from '../render/render-page.ts';
import { chooseWebFurniture } from '../render/web-words.ts';
import { answerCached } from './answer-cached.ts';
import { openVisit, pathOf, type ArchiveVisit } from './archive-visit.ts';
import { describeFault, describeIssue, describeIssues, describeTheme } from './describe-archive.ts';
import { describeStory } from './describe-archived-story.ts';
import { describeCorrections, findLastChange } from './describe-corrections.ts';
import { describeFault as explainError } from './describe-fault.ts';
import { renderJsonFeed, renderRss } from './describe-feed.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
/** A mail is dressed in its own tags. Nothing in it can run all the same. */
const ISSUE_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
/** Sandboxed, should somebody open it alone. */
const PICTURE = { policy: "default-src 'none'; sandbox", changedAt: null, keepSeconds: 604_800 };
const FEED = { policy: "default-src 'none'" };
const HTML = 'text/html; charset=utf-8';

type Show = (visit: ArchiveVisit, context: Context) => Promise<Response | null>;

/** Every issue on the web: lists, issues, stories, themes and feeds; of one newsletter at the root, of each below `/n/SLUG`. */
export function createArchiveApp(app: App, scope: ArchivePlace['scope']): Hono {
  const pages = new Hono();
  pages.onError((error, context) => {
    const { status, heading, message } = explainError(app, error);
    return context.html(renderPage('reader-fault', { heading, message }), status);
  });
  for (const base of ['', '/n/:newsletter']) {
    const add = (path: string, show: Show): void => {
      pages.get(`${base}${path}`, (context) => answer(app, context, { scope, show }));
    };
    add('/issues', showList);
    add('/issues/:date', showIssue);
    add('/issues/:date/:story', showStory);
    add('/themes/:theme', showTheme);
    add('/feed.xml', showRss);
    add('/feed.json', showJsonFeed);
  }
  pages.get('/img/:signed', async (context) => {
    const picture = await showPicture(app, context.req.param('signed'));
    if (!picture) return context.text('There is no such picture.\n', 404);
    return answerCached(context, { body: picture.bytes, type: picture.type, ...PICTURE });
  });
  return pages;
}

async function answer(
  app: App,
  context: Context,
  route: { readonly scope: ArchivePlace['scope']; readonly show: Show },
): Promise<Response> {
  const visit = await openVisit(app, context, route.scope);
  if (!visit) return await askWhich(app, context);
  return (await route.show(visit, context)) ?? showNothing(visit, context);
}

async function showList(visit: ArchiveVisit, context: Context): Promise<Response> {
  const list = await listArchive(visit.app, visit.place, context.req.query('before'));
  const changedAt = list.issues[0]?.frozenAt ?? null;
  return answerPage(visit, context, {
    name: 'archive-list',
    view: describeIssues(visit, list),
    changedAt,
  });
}

async function showIssue(visit: ArchiveVisit, context: Context): Promise<Response | null> {
  const found = await findArchivedIssue(visit.app, visit.place, context.req.param('date') ?? '');
  if (!found) return null;
  const { issue, corrections } = found;
  const email = await writeWebCopy(visit.app, visit.place, issue);
  const view = {
    ...describeIssue(visit, found, email.subject),
    corrections: describeCorrections(visit, issue, corrections),
  };
  const stories = listIssueStories(issue.document).map(({ id, headline }) => ({
    url: `${visit.base}/issues/${issue.date}/${id}`,
    headline: cleanText(headline),
  }));
  const body = dressMail(email.html, {
    head: renderPage('archive-head', view),
    top: renderPage('archive-top', view) + renderPage('archive-corrections', view),
    foot: renderPage('archive-contents', { ...view, stories }) + renderPage('archive-foot', view),
  });
  return answerCached(context, {
    body,
    type: HTML,
    policy: ISSUE_POLICY,
    changedAt: findLastChange(issue, corrections),
    keepSeconds: keepSeconds(visit),
  });
}

async function showStory(visit: ArchiveVisit, context: Context): Promise<Response | null> {
  const { app, place } = visit;
  const found = await findArchivedIssue(app, place, context.req.param('date') ?? '');
  const story = found && findPrintedStory(found.issue, context.req.param('story') ?? '');
  if (!story) return null;
  const { issue } = found;
  const corrections = found.corrections.filter(({ storyId }) => storyId === story.id);
  const view = describeStory(visit, {
    issue,
    story,
    corrections,
    kit: await findIssueKit(app, place, issue),
    reports: await listStoryReports(app, issue, story),
    told: await listToldBefore(app, place, { issue, story }),
  });
  return answerPage(visit, context, {
    name: 'archive-story',
    view,
    changedAt: findLastChange(issue, corrections),
  });
}

async function showTheme(visit: ArchiveVisit, context: Context): Promise<Response | null> {
  const slug = context.req.param('theme') ?? '';
  const found = await listThemeStories(visit.app, visit.place, slug);
  if (!found) return null;
  const view = describeTheme(visit, { slug, name: found.name }, found.sections);
  return answerPage(visit, context, { name: 'archive-list', view, changedAt: null });
}

async function showRss(visit: ArchiveVisit, context: Context): Promise<Response> {
  const { body, changedAt } = await renderRss(visit);
  const type = 'application/rss+xml; charset=utf-8';
  return answerCached(context, { body, type, changedAt, ...FEED, keepSeconds: keepSeconds(visit) });
}

async function showJsonFeed(visit: ArchiveVisit, context: Context): Promise<Response> {
  const { body, changedAt } = await renderJsonFeed(visit);
  const type = 'application/feed+json; charset=utf-8';
  return answerCached(context, { body, type, changedAt, ...FEED, keepSeconds: keepSeconds(visit) });
}

function showNothing(visit: ArchiveVisit, context: Context): Response {
  const { words } = chooseWebFurniture(visit.place.newsletter.language);
  const heading = words['noPage'] ?? '';
  const view = describeFault(visit, { heading, message: words['noPageHint'] ?? '' });
  context.header('Content-Security-Policy', POLICY);
  return context.html(renderPage('archive-fault', view), 404);
}

/** At the root of several newsletters, or below the name of none. */
async function askWhich(app: App, context: Context): Promise<Response> {
  const newsletters = await listNewsletters(app);
  const isRoot = context.req.param('newsletter') === undefined;
  const rest = isRoot ? context.req.path : '/issues';
  const { words } = chooseWebFurniture(newsletters[0]?.language ?? 'en');
  const isList = isRoot && newsletters.length > 0;
  const view = {
    heading: (isList ? words['whichNewsletter'] : words['noPage']) ?? '',
    ways: newsletters.map((one) => ({ url: `${pathOf(one)}${rest}`, name: cleanText(one.name) })),
  };
  context.header('Content-Security-Policy', POLICY);
  return context.html(renderPage('archive-which', view), rest === '/issues' && isList ? 200 : 404);
}

function answerPage(
  visit: ArchiveVisit,
  context: Context,
  page: { readonly name: string; readonly view: PageView; readonly changedAt: Instant | null },
): Response {
  const { name, view, changedAt } = page;
  const kept = { policy: POLICY, changedAt, keepSeconds: keepSeconds(visit) };
  return answerCached(context, { body: renderPage(name, view), type: HTML, ...kept });
}

/** An editor at work wants to see what was just changed. */
function keepSeconds({ place }: ArchiveVisit): number {
  return place.scope === 'all' ? 0 : 300;
}
