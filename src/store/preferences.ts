import type { Instant } from '../domain/instant.ts';
import { NO_PREFERENCES, type Preferences } from '../domain/preferences.ts';
import type { Store } from './open-store.ts';
import type { SubscriptionRow } from './schema.ts';

type PreferenceRow = Pick<SubscriptionRow, 'topics' | 'mutes' | 'length' | 'look'>;

/** Keeps what a reader wants of one newsletter; mails that were begun stay as they are. */
export async function savePreferences(
  store: Store,
  subscriptionId: string,
  { preferences, now }: { preferences: Preferences; now: Instant },
): Promise<void> {
  await store.db
    .updateTable('subscriptions')
    .set({ ...writePreferences(preferences), updated_at: now })
    .where('id', '=', subscriptionId)
    .execute();
}

/** Preferences as columns; null where nothing is asked. */
export function writePreferences(preferences: Preferences): PreferenceRow {
  const { topics, mutedThemes, mutedThreads, minutes, look } = preferences;
  const mutes = { themes: mutedThemes, threads: mutedThreads };
  return {
    topics: topics.length > 0 ? JSON.stringify(topics) : null,
    mutes: mutedThemes.length + mutedThreads.length > 0 ? JSON.stringify(mutes) : null,
    length: minutes === null ? null : String(minutes),
    look,
  };
}

/** The preferences in a row's columns. */
export function readPreferences(row: PreferenceRow): Preferences {
  const { topics, mutes, length, look } = row;
  if (topics === null && mutes === null && length === null && look === null) return NO_PREFERENCES;
  const muted = JSON.parse(mutes ?? '{}') as { themes?: string[]; threads?: string[] };
  return {
    topics: JSON.parse(topics ?? '[]') as string[],
    mutedThemes: muted.themes ?? [],
    mutedThreads: muted.threads ?? [],
    minutes: length === null ? null : Number(length),
    look,
  };
}
