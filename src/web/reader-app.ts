import { Hono, type Context } from 'hono';
import type { App } from '../app/app.ts';
import { listNewsletters } from '../app/list-newsletters.ts';
import { findLeavingReader, unsubscribe } from '../app/unsubscribe.ts';
import { maskAddress } from '../domain/subscriber.ts';
import { renderPage } from '../render/render-page.ts';
import { createArchiveApp } from './archive-app.ts';
import { describeFault, type Fault } from './describe-fault.ts';
import { guardPages } from './guard-pages.ts';
import { serveAssets } from './serve-assets.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const UNKNOWN_LINK: Fault = {
  status: 404,
  heading: 'This link leads nowhere',
  message:
    'It belongs to no subscription. It may have been cut in two: copy the whole link from the mail, or answer the mail and ask to be taken off.',
};

const NO_PAGE: Fault = {
  status: 404,
  heading: 'There is no such page',
  message: 'Follow the link in your mail again, or look at the issues.',
};

type Reader = NonNullable<Awaited<ReturnType<typeof findLeavingReader>>>;

/** The readers' pages and every published issue. A GET shows, a POST acts. */
export function createReaderApp(app: App): Hono {
  const pages = new Hono();
  pages.use('*', guardPages(POLICY));
  pages.onError((error, context) => showFault(context, describeFault(app, error)));
  pages.notFound((context) => showFault(context, NO_PAGE));
  pages.route('/assets', serveAssets());
  pages.get('/healthz', (context) => context.text('ok'));
  pages.get('/unsubscribe/:token', async (context) => {
    const reader = await findLeavingReader(app, context.req.param('token'));
    if (!reader) return showFault(context, UNKNOWN_LINK);
    return context.html(renderPage('unsubscribe', await describeLeaving(app, reader)));
  });
  // The button and the one-click POST of mail programs (RFC 8058) are the same: the token in the path is all it takes.
  pages.post('/unsubscribe/:token', async (context) => {
    const reader = await unsubscribe(app, context.req.param('token'));
    if (!reader) return showFault(context, UNKNOWN_LINK);
    return context.html(renderPage('unsubscribed', await describeLeaving(app, reader)));
  });
  return pages.route('/', createArchiveApp(app, 'published'));
}

async function describeLeaving(app: App, { subscriber, subscription }: Reader) {
  const newsletters = await listNewsletters(app);
  const newsletter = newsletters.find(({ slug }) => slug === subscription.newsletter);
  return {
    newsletter: newsletter?.name ?? subscription.newsletter,
    language: newsletter?.language ?? '',
    address: maskAddress(subscriber.address),
    hasLeft: subscription.state === 'unsubscribed',
  };
}

function showFault(context: Context, fault: Fault) {
  const { status, heading, message } = fault;
  return context.html(
    renderPage('reader-fault', { heading, message, canGoOn: status === 404 }),
    status,
  );
}
