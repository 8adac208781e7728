import { findPrintedStory } from '../app/read-archived-story.ts';
import type { Correction } from '../domain/correction.ts';
import type { Instant } from '../domain/instant.ts';
import type { Issue } from '../domain/issue.ts';
import { localDateAt } from '../domain/local-time.ts';
import { renderPhrase } from '../render/catalogue.ts';
import { cleanText } from '../render/clean-text.ts';
import { renderDate } from '../render/render-date.ts';
import type { PageView } from '../render/render-page.ts';
import { chooseWebFurniture } from '../render/web-words.ts';
import type { ArchiveVisit } from './archive-visit.ts';

/** What was put right in an issue, each with its story; the issue itself stays as it was mailed. */
export function describeCorrections(
  visit: ArchiveVisit,
  issue: Issue,
  corrections: readonly Correction[],
): readonly PageView[] {
  const { newsletter } = visit.place;
  const { language, words } = chooseWebFurniture(newsletter.language);
  return corrections.map(({ storyId, text, madeAt }) => ({
    on: renderPhrase(words['correctedOn'] ?? '', {
      date: renderDate(localDateAt(newsletter.zone, madeAt), language),
    }),
    headline: cleanText(findPrintedStory(issue, storyId)?.headline),
    url: `${visit.base}/issues/${issue.date}/${storyId}`,
    text: cleanText(text),
  }));
}

/** When a page of an issue last changed: at its freeze, or with a correction since. */
export function findLastChange(
  { frozenAt }: Issue,
  corrections: readonly Correction[],
): Instant | null {
  return corrections.at(-1)?.madeAt ?? frozenAt;
}
