import { compareIssues } from '../compose/compare-issues.ts';
import type { Issue } from '../domain/issue.ts';
import type { IssueDifference } from '../domain/issue-difference.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { parseNewsletters, type ConfiguredNewsletter } from '../newsletter-config.ts';
import type { GuardedCandidate } from '../store/articles.ts';
import { listFeeds, listFeedUses } from '../store/feeds.ts';
import type { App } from './app.ts';
import { composeMorning } from './compose-morning.ts';
import { openKeptMorning } from './find-kept-morning.ts';
import { PUSH_FEED } from './push-feed.ts';

/** How a newsletter uses a feed, as far as it decides about articles that are here already. */
interface FeedTerms {
  readonly weight: number;
  readonly themeHint: string | null;
  readonly excludedWords: readonly string[];
}

interface Rules {
  readonly newsletter: Newsletter;
  readonly feeds: ReadonlyMap<string, FeedTerms>;
}

/**
 * What would be different had the day of an issue been made under the newsletter's present rules, or those a daybrief.yaml
 * gives (`written`, its `newsletters:` part). Its articles, common words and edits are those kept with it. Changes nothing.
 */
export async function replayIssue(
  app: App,
  named: { newsletter: Newsletter; issue: Issue },
  written: unknown,
): Promise<IssueDifference> {
  const { inputs } = await openKeptMorning(app, named.issue);
  const present = await readPresentRules(app, named.newsletter);
  const rules = written === undefined ? present : readWrittenRules(app, present, written);
  const articles = inputs.articles.flatMap((article) => weighCarriers(article, rules.feeds));
  const again = await composeMorning({ ...inputs, newsletter: rules.newsletter, articles });
  return compareIssues(named.issue.document, again.document);
}

async function readPresentRules(app: App, newsletter: Newsletter): Promise<Rules> {
  const urls = new Map((await listFeeds(app.store)).map((feed) => [feed.id, feed]));
  const uses = (await listFeedUses(app.store)).filter((use) => use.newsletter === newsletter.slug);
  const feeds = uses.flatMap(({ feedId, themeHint, excludedWords }) => {
    const feed = urls.get(feedId);
    return feed ? [[feed.url, { weight: feed.weight, themeHint, excludedWords }] as const] : [];
  });
  return { newsletter, feeds: new Map(feeds) };
}

function readWrittenRules(app: App, present: Rules, written: unknown): Rules {
  const file = app.settings.configFile;
  const all = parseNewsletters(written, file);
  const found = all.find(({ newsletter }) => newsletter.slug === present.newsletter.slug);
  if (!found) {
    throw new BriefingError(
      'not_found',
      `${file} has no newsletter "${present.newsletter.slug}". Give a file that has it, or leave --config out.`,
    );
  }
  const pushed = [...present.feeds].filter(([url]) => url === PUSH_FEED);
  return { newsletter: found.newsletter, feeds: new Map([...found.feeds.map(toTerms), ...pushed]) };
}

function toTerms(feed: ConfiguredNewsletter['feeds'][number]): readonly [string, FeedTerms] {
  const { url, weight, theme, exclude } = feed;
  return [url, { weight, themeHint: theme, excludedWords: exclude }];
}

/** The article as its feeds are used now, as `listUnpublishedArticles` would give it; none when no feed that had it is used. */
function weighCarriers(
  article: GuardedCandidate,
  feeds: Rules['feeds'],
): readonly GuardedCandidate[] {
  const carriers = article.carriers.filter(({ feed }) => feeds.has(feed));
  const terms = carriers.flatMap(({ feed }) => feeds.get(feed) ?? []);
  if (terms.length === 0) return [];
  return [
    {
      ...article,
      carriers,
      feedWeight: Math.max(...terms.map(({ weight }) => weight)),
      position: Math.min(...carriers.map(({ position }) => position)),
      themeHint: terms.find(({ themeHint }) => themeHint !== null)?.themeHint ?? null,
      excludedWords: terms.flatMap(({ excludedWords }) => excludedWords),
    },
  ];
}
