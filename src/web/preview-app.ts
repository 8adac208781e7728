import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { App } from '../app/app.ts';
import { exportArtefact } from '../app/export-artefact.ts';
import { countInbox, listInbox, readKeptMessage } from '../app/list-inbox.ts';
import { templatesFolder } from '../app/load-template-kit.ts';
import { listSubscribers } from '../app/look-up-subscriber.ts';
import { listPreviewables, previewMessage, type Previewable } from '../app/preview-message.ts';
import { readIssueStatuses, type IssueStatus } from '../app/read-status.ts';
import { renderPage, type PageView } from '../render/render-page.ts';
import { describeFault } from './describe-fault.ts';
import { describeMessage, listHeaders } from './describe-message.ts';
import { forceScheme } from './force-scheme.ts';
import { guardPages, refuseForeignHosts } from './guard-pages.ts';
import { parseChoices } from './preview-choices.ts';
import { serveAssets } from './serve-assets.ts';
import { readVersion, streamReloads } from './stream-reloads.ts';

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const MAIL_POLICY =
  "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

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
    return context.text(Buffer.from(bytes).toString());
  });
  return pages.route('/preview/:shelf/:name', showMessages(app, { show, as: options.as ?? '' }));
}

const NO_PAGE = {
  heading: 'There is no such page',
  message: 'Begin again with the list of issues.',
};

/** One message in all its parts. */
function showMessages(
  app: App,
  options: { as: string; show: (context: Context, name: string, view: PageView) => Response },
): Hono {
  const read = (context: Context) => {
    const name = `${context.req.param('shelf')}/${context.req.param('name')}`;
    return { name, choices: parseChoices(context.req.query(), options.as) };
  };
  const write = (context: Context) => {
    const { name, choices } = read(context);
    return previewMessage(app, name, choices.as || undefined);
  };
  const pages = new Hono();
  pages.get('/', async (context) => {
    const { name, choices } = read(context);
    const message = await write(context);
    const readers = await listReaders(app, name);
    const view = describeMessage(message, { path: `/preview/${name}`, choices, readers });
    return options.show(context, 'preview-message', view);
  });
  pages.get('/html', async (context) => {
    const { html } = await write(context);
    context.header('Content-Security-Policy', MAIL_POLICY);
    return context.html(forceScheme(html, read(context).choices.scheme));
  });
  pages.get('/text', async (context) => context.text((await write(context)).text));
  pages.get('/headers', async (context) => {
    const lines = listHeaders(await write(context)).map(([name, value]) => `${name}: ${value}\n`);
    return context.text(lines.join(''));
  });
  pages.get('/eml', async (context) => {
    const { name, choices } = read(context);
    const bytes = await exportArtefact(app, name, {
      format: 'eml',
      ...(choices.as && { as: choices.as }),
    });
    return context.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${name.replaceAll('/', '-')}.eml"`,
    });
  });
  return pages;
}

async function listReaders(app: App, name: string) {
  const [newsletter] = name.split('/');
  return newsletter === 'sample' ? [] : await listSubscribers(app, newsletter);
}

async function describeList(app: App): Promise<PageView> {
  const all = await listPreviewables(app);
  const statuses = new Map((await readIssueStatuses(app)).map((status) => [status.issue, status]));
  return {
    issues: all
      .filter(({ kind }) => kind === 'issue')
      .map((issue) => ({ ...describeRow(issue), ...describeStatus(statuses.get(issue.name)) })),
    samples: all.filter(({ kind }) => kind === 'sample').map(describeRow),
    inboxCount: await countInbox(app),
  };
}

async function describeInbox(app: App): Promise<PageView> {
  const messages = (await listInbox(app)).map(({ file, to, subject }) => ({ file, to, subject }));
  return { count: await countInbox(app), messages };
}

function describeRow({ name, title, stories }: Previewable): PageView {
  return { name, title, stories, url: `/preview/${name}` };
}

function describeStatus(status: IssueStatus | undefined): PageView {
  if (!status) return {};
  const { state, reason, audience, sent, failed, skipped, unknown, waiting } = status;
  return { state, reason, audience, sent, failed, skipped, unknown, waiting };
}
