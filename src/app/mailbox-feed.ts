import type { Article } from '../domain/article.ts';
import type { Feed } from '../domain/feed.ts';
import type { Instant } from '../domain/instant.ts';
import type { ReceivedMail } from '../deliver/read-mailbox.ts';
import { escapeHtml } from '../gather/escape-html.ts';
import { normalizeEntry } from '../gather/normalize-entry.ts';
import { NOTHING_READ, type FeedKind, type ReadFeed } from './feed-kind.ts';

/** A mail folder whose unseen mails are articles, one each. The place read up to is kept where web feeds keep their ETag. */
export const mailboxFeed: FeedKind = {
  matches: (url) => /^imaps:/i.test(url),
  async read({ mailPassword }, feed, { now }): Promise<ReadFeed> {
    const password = mailPassword.reveal();
    if (password === '') return fail('Mailboxes are read once DAYBRIEF_IMAP_PASSWORD is set.');
    const { readMailbox } = await import('../deliver/read-mailbox.ts');
    const read = await readMailbox(feed.url, { password, cursor: feed.polling.etag });
    if ('problem' in read) return fail(read.problem);
    const articles = read.mails.flatMap((mail) => toArticle(mail, feed, now) ?? []);
    return { ...NOTHING_READ, outcome: 'fetched', articles, etag: read.cursor, problem: null };
  },
};

function fail(problem: string): ReadFeed {
  return { ...NOTHING_READ, outcome: 'failed', problem };
}

function toArticle(mail: ReceivedMail, feed: Feed, now: Instant): Article | null {
  const entry = {
    id: null,
    title: mail.subject,
    url: null,
    publishedAt: mail.date,
    updatedAt: null,
    summary: null,
    summaryHtml: null,
    contentHtml: mail.html ?? escapeHtml(mail.text ?? '').replace(/\n\s*\n/g, '<p>'),
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    comments: null,
    language: null,
    source: null,
  };
  const outlet = feed.outlet ?? mail.list;
  const origin = { url: feed.url, siteUrl: null, outlet, language: feed.language };
  return normalizeEntry(entry, { feed: origin, now });
}
