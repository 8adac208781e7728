import { describeCount } from '../domain/describe-count.ts';
import type { Check } from '../domain/finding.ts';
import { listIssueStories, type Issue } from '../domain/issue.ts';
import { openFetchGuard } from '../gather/open-fetch-guard.ts';
import { probeLink } from '../gather/probe-link.ts';
import type { App } from './app.ts';

const MOST_LINKS = 100;
const AT_ONCE = 4;

/** Asks every page the issue links to whether it is still there: at most 100 of them, four at once, one after the other per host. */
export async function checkLinks(app: App, issue: Issue): Promise<Check> {
  const sources = listIssueStories(issue.document).flatMap((story) => story.sources);
  const urls = [...new Set(sources.flatMap(({ url }) => url ?? []))].slice(0, MOST_LINKS);
  const hosts = [...Map.groupBy(urls, (url) => URL.parse(url)?.host ?? '').values()];
  const guard = openFetchGuard({ allow: app.settings.fetchAllow, userAgent: 'daybrief/0.1' });
  const dead: { url: string; why: string }[] = [];
  const work = async (): Promise<void> => {
    for (let host = hosts.pop(); host; host = hosts.pop())
      for (const url of host) {
        const why = await probeLink(guard, url);
        if (why) dead.push({ url, why });
      }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await guard.close();
  }
  const few = dead.slice(0, 5).map(({ url, why }) => `${url} (${why})`);
  return [
    'dead links',
    null,
    dead.length > 0
      ? `${dead.length} of ${describeCount(urls.length, 'link')} cannot be followed: ${few.join(', ')}`
      : null,
    'Open them. Drop the story or split the report off: daybrief edit ISSUE',
  ];
}
