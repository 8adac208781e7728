import type { Context } from 'hono';
import type { App } from '../app/app.ts';
import { listNewsletters } from '../app/list-newsletters.ts';
import type { ArchivePlace } from '../app/read-archive.ts';
import type { Newsletter } from '../domain/newsletter.ts';

/** A request for a page of the archive, and where its pages lie. */
export interface ArchiveVisit {
  readonly app: App;
  readonly place: ArchivePlace;
  /** Before the path of every page this one links to: empty, or `/n/SLUG`. */
  readonly base: string;
  /** The address other sites know the newsletter's pages by, without a slash at the end. */
  readonly home: string;
  /** The public address of this installation, without a slash at the end. */
  readonly origin: string;
}

/**
 * Whose archive a request is for; null when it does not say, or names nobody.
 * With one newsletter its pages are at the root, and below `/n/SLUG` as well: that is where mails link to, for there may be more newsletters one day.
 */
export async function openVisit(
  app: App,
  context: Context,
  scope: ArchivePlace['scope'],
): Promise<ArchiveVisit | null> {
  const newsletters = await listNewsletters(app);
  const slug = context.req.param('newsletter');
  const isSole = newsletters.length === 1;
  const newsletter = slug
    ? newsletters.find((candidate) => candidate.slug === slug)
    : isSole
      ? newsletters[0]
      : undefined;
  if (!newsletter) return null;
  const origin = readOrigin(app, context);
  return {
    app,
    place: { newsletter, scope },
    base: slug ? pathOf(newsletter) : '',
    home: isSole ? origin : `${origin}${pathOf(newsletter)}`,
    origin,
  };
}

/** The public address of this installation; without one, the address that was asked. */
function readOrigin(app: App, context: Context): string {
  return app.settings.publicUrl || new URL(context.req.url).origin;
}

/** Where the pages of a newsletter lie when there are several. */
export function pathOf({ slug }: Newsletter): string {
  return `/n/${slug}`;
}
