import type { PartOfDay } from '../domain/part-of-day.ts';
import type { Furniture } from './catalogue.ts';
import { cleanLink, cleanText } from './clean-text.ts';

/** How a reader is received, before the stories of the day. */
export interface Reception {
  /** What they are greeted by; left out or null greets nobody. */
  readonly partOfDay?: PartOfDay | null;
  /** The biggest stories of a pause. */
  readonly catchUp?: readonly { readonly headline: string; readonly url: string | null }[];
}

/** The same for a template. */
export interface WelcomeView {
  /** "Good morning"; the reader's name is a slot. */
  readonly greeting: string;
  /** `number` counts the links of the text part. */
  readonly catchUp: readonly { headline: string; url: string; number: string }[];
}

const GREETINGS: Readonly<Record<PartOfDay, string>> = {
  morning: 'goodMorning',
  afternoon: 'goodAfternoon',
  evening: 'goodEvening',
};

/** The greeting, and a line for each story of a pause. */
export function composeWelcome(
  { partOfDay, catchUp = [] }: Reception,
  { furniture, links }: { furniture: Furniture; links: readonly string[] },
): WelcomeView {
  const greeting = partOfDay ? furniture.words[GREETINGS[partOfDay]] : '';
  return {
    greeting: greeting ?? '',
    catchUp: catchUp.map(({ headline, url }) => {
      const link = cleanLink(url);
      const number = link ? String(links.indexOf(link) + 1) : '';
      return { headline: cleanText(headline), url: link, number };
    }),
  };
}
