import { Hono, type Context } from 'hono';
import type { App } from '../app/app.ts';
import { exportArtefact } from '../app/export-artefact.ts';
import { listSubscribers } from '../app/look-up-subscriber.ts';
import { previewMessage } from '../app/preview-message.ts';
import { readMessage } from '../domain/email.ts';
import type { PageView } from '../render/render-page.ts';
import { describeMessage, listHeaders } from './describe-message.ts';
import { forceScheme } from './force-scheme.ts';
import { parseChoices } from './preview-choices.ts';

const MAIL_POLICY =
  "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The pages of one message, below /preview/:shelf/:name: all of it, each part alone, and the file. */
export function createMessagePages(
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
    const { html } = readMessage(await write(context));
    context.header('Content-Security-Policy', MAIL_POLICY);
    return context.html(forceScheme(html, read(context).choices.scheme));
  });
  pages.get('/text', async (context) => context.text(readMessage(await write(context)).text));
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
