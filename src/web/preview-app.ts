import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { App } from '../app/app.ts';
import { countInbox, listInbox, readKeptMessage } from '../app/list-inbox.ts';
import { templatesFolder } from '../app/load-template-kit.ts';
import { listPreviewables, type Previewable } from '../app/preview-message.ts';
import { readIssueStatuses, type IssueStatus } from '../app/read-status.ts';
import { renderPage, type PageView } from '../render/render-page.ts';
import { createArchiveApp } from './archive-app.ts';
import { describeFault } from './describe-fault.ts';
import { guardPages, refuseForeignHosts } from './guard-pages.ts';
import { createMessagePages } from './message-pages.ts';
import { serveAssets } from './serve-assets.ts';
import { readVersion, streamReloads } from './stream-reloads.ts';

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/** The preview: issues, samples and the built-in inbox, for this machine alone. `as` is the subscriber it begins with. */
export function createPreviewApp(app: App, options: { as?: string } = {}): Hono {
  const run = randomUUID();
  const show = (context: Context, name: string, view: PageView) =>
    context.html(renderPage(name, { ...view, version: readVersion(templatesFolder(app), run) }));
  const pages = new Hono();
  pages.use('*', refuseForeignHosts(), guardPages(PAGE_POLICY));
  pages.onError((error, context) => {
    const { status, ...fault } = describeFault(app, error);
    context.status(status);
    return show(context, 'preview-fault', fault);
  });
  pages.notFound((context) => {
    context.status(404);
    return show(context, 'preview-fault', NO_PAGE);
  });
  pages.route('/assets', serveAssets());
  pages.get('/reload', (context) => streamReloads(context, templatesFolder(app), run));
  pages.get('/', async (context) => show(context, 'preview-list', await describeList(app)));
  pages.get('/inbox', async (context) => show(context, 'inbox', await describeInbox(app)));
  pages.get('/inbox/:file', async (context) => {
    const bytes = await readKeptMessage(app, context.req.param('file'));
    return context.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'text/plain; charset=utf-8',
    });
  });
  return pages
    .route('/preview/:shelf/:name', createMessagePages(app, { show, as: options.as ?? '' }))
    .route('/', createArchiveApp(app, 'all'));
}

const NO_PAGE = {
  heading: 'There is no such page',
  message: 'Begin again with the list of issues.',
};

async function describeList(app: App): Promise<PageView> {
  const all = await listPreviewables(app);
  const statuses = new Map((await readIssueStatuses(app)).map((status) => [status.issue, status]));
  return {
    issues: all
      .filter(({ kind }) => kind === 'issue')
      .map((issue) => ({ ...describeRow(issue), ...describeStatus(statuses.get(issue.name)) })),
    samples: all.filter(({ kind }) => kind === 'sample').map(describeRow),
    hasInbox: (await countInbox(app)) > 0,
    inbox: await describeInboxSize(app),
  };
}

async function describeInbox(app: App): Promise<PageView> {
  const messages = (await listInbox(app)).map(({ file, to, subject }) => ({ file, to, subject }));
  return { size: await describeInboxSize(app), messages };
}

async function describeInboxSize(app: App): Promise<string> {
  return formatCount(await countInbox(app), 'message', 'messages');
}

function describeRow({ name, title, stories }: Previewable): PageView {
  const url = `/preview/${name}`;
  return {
    name,
    title,
    url,
    stories: stories === null ? '' : formatCount(stories, 'story', 'stories'),
  };
}

function describeStatus(status: IssueStatus | undefined): PageView {
  if (!status) return {};
  const { state, reason, audience, sent, failed, skipped, unknown, waiting } = status;
  const readers = audience > 0 ? formatCount(audience, 'reader', 'readers') : '';
  return { state, reason, readers, sent, failed, skipped, unknown, waiting };
}

function formatCount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
