import { BriefingError } from '../domain/briefing-error.ts';
import { localDateAt, isLocalDate } from '../domain/local-time.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findIssue, type IssueKey } from '../store/issues.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';

/** The newsletter with this slug, or the only one when none is named. Throws BriefingError that lists the choice. */
export async function chooseNewsletter(app: App, slug?: string): Promise<Newsletter> {
  const all = await listNewsletters(app.store);
  if (all.length === 0) {
    throw new BriefingError(
      'not_found',
      'There is no newsletter yet. Write a daybrief.yaml with "daybrief init" and run the command again.',
    );
  }
  const names = all.map((newsletter) => newsletter.slug).join(', ');
  if (slug === undefined) {
    const [only, ...others] = all;
    if (only && others.length === 0) return only;
    throw new BriefingError(
      'invalid',
      `There are several newsletters. Say which one with --newsletter: ${names}.`,
    );
  }
  const found = all.find((newsletter) => newsletter.slug === slug);
  if (!found)
    throw new BriefingError('not_found', `There is no newsletter "${slug}". There is: ${names}.`);
  return found;
}

/** Reads `DATE`, `today` or `NEWSLETTER/DATE` into the key of an issue. */
export async function parseIssueName(
  app: App,
  name: string,
  newsletterSlug?: string,
): Promise<{ newsletter: Newsletter; key: IssueKey }> {
  const slash = name.lastIndexOf('/');
  const newsletter = await chooseNewsletter(app, slash > 0 ? name.slice(0, slash) : newsletterSlug);
  const text = name.slice(slash + 1);
  const date = text === 'today' ? localDateAt(newsletter.zone, app.now()) : text;
  if (!isLocalDate(date)) {
    throw new BriefingError(
      'invalid',
      `"${name}" does not name an issue. Give a date such as 2026-03-09, or today, or NEWSLETTER/DATE.`,
    );
  }
  return { newsletter, key: { newsletter: newsletter.slug, date, kind: newsletter.kind } };
}

/** The issue a person named. Throws BriefingError with the way to make it when it is not there. */
export async function findNamedIssue(
  app: App,
  name: string,
  newsletterSlug?: string,
): Promise<{ newsletter: Newsletter; issue: Issue }> {
  const { newsletter, key } = await parseIssueName(app, name, newsletterSlug);
  const issue = await findIssue(app.store, key);
  if (!issue) {
    throw new BriefingError(
      'not_found',
      `There is no issue ${key.newsletter}/${key.date} yet. Build it with: daybrief build --date ${key.date}`,
    );
  }
  return { newsletter, issue };
}
