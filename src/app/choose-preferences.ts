import type { Newsletter } from '../domain/newsletter.ts';
import { READING_MINUTES, type Preferences } from '../domain/preferences.ts';

/** What is said of a reader's choices, as typed: what is left out stays, what is empty is taken back. */
export interface PreferenceWish {
  /** Themes to put first, with commas between. */
  readonly topics?: string;
  /** Themes to leave out, with commas between. */
  readonly mutes?: string;
  readonly minutes?: string;
  readonly look?: string;
}

/** What there is to choose from. */
export interface Choices {
  readonly newsletter: Pick<Newsletter, 'slug' | 'themes'>;
  readonly looks: readonly string[];
}

/** The preferences after a wish, or one sentence that says why they cannot be so. */
export function choosePreferences(
  before: Preferences,
  wish: PreferenceWish,
  { newsletter, looks }: Choices,
): Preferences | string {
  const topics = wish.topics === undefined ? before.topics : splitList(wish.topics);
  const mutedThemes = wish.mutes === undefined ? before.mutedThemes : splitList(wish.mutes);
  const slugs = newsletter.themes.map(({ slug }) => slug);
  const unknown = [...topics, ...mutedThemes].find((slug) => !slugs.includes(slug));
  if (unknown !== undefined)
    return `"${newsletter.slug}" has no theme "${unknown}"; it has ${slugs.join(', ')}.`;
  const both = topics.find((slug) => mutedThemes.includes(slug));
  if (both !== undefined) return `The theme "${both}" cannot be followed and muted; choose one.`;
  const minutes = wish.minutes === undefined ? before.minutes : readMinutes(wish.minutes);
  if (minutes === undefined)
    return `"${wish.minutes ?? ''}" is no reading time; it can be ${READING_MINUTES.join(', ')} minutes.`;
  const look = wish.look === undefined ? before.look : wish.look.trim() || null;
  if (look !== null && !looks.includes(look))
    return `There is no look named "${look}"; there is ${looks.join(', ')}.`;
  return { ...before, topics, mutedThemes, minutes, look };
}

function splitList(text: string): readonly string[] {
  const slugs = text.split(/[,;]/).map((slug) => slug.trim().toLowerCase());
  return [...new Set(slugs.filter(Boolean))];
}

/** Null takes the limit away; undefined is not a reading time. */
function readMinutes(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return READING_MINUTES.find((minutes) => String(minutes) === text.trim());
}
