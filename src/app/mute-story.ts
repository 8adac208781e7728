import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue, IssueStory } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Preferences } from '../domain/preferences.ts';
import { savePreferences } from '../store/preferences.ts';
import type { App } from './app.ts';
import { findSubscription } from './edit-subscriber.ts';
import { findNamedStory } from './find-story.ts';

/** Which story a reader does not want to hear of any more, or again; `story` as a person names it. */
export interface MuteWish {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly address: string;
  readonly story: string;
  readonly wanted: 'muted' | 'told';
}

/**
 * Leaves a story and all that becomes of it out of a reader's coming mails, or takes that back; mails that were begun stay as they are.
 * Throws BriefingError for an unknown reader or story, and for a story that is followed over no days.
 */
export async function muteStory(
  app: App,
  wish: MuteWish,
): Promise<{ readonly story: IssueStory; readonly preferences: Preferences }> {
  const { issue, newsletter } = wish;
  const { subscription } = await findSubscription(app, wish.address, newsletter.slug);
  const story = findNamedStory(issue.document, wish.story);
  const { thread } = story;
  if (!thread)
    throw new BriefingError(
      'invalid',
      `“${story.headline}” was not followed over days yet when ${issue.newsletter}/${issue.date} was made, so there is nothing to mute. Name it in a newer issue.`,
    );
  const before = subscription.preferences;
  const others = before.mutedThreads.filter((one) => one !== thread);
  const mutedThreads = wish.wanted === 'muted' ? [...others, thread] : others;
  const preferences = { ...before, mutedThreads };
  await savePreferences(app.store, subscription.id, { preferences, now: app.now() });
  return { story, preferences };
}
