import type { Logo, Newsletter } from '../domain/newsletter.ts';
import { directionOf, primaryLanguage, type Catalogue, type Furniture } from './catalogue.ts';
import { cleanLink, cleanText } from './clean-text.ts';

/** What the templates of every mail can see, whatever it tells. */
export interface FrameView {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly start: 'left' | 'right';
  /** Set on the stories when they are not in the language of the furniture; else null. */
  readonly stories: { language: string; direction: string; start: string } | null;
  readonly words: Catalogue;
  readonly padding: string;
  readonly name: string;
  readonly postalAddress: string;
  readonly logo: Logo | null;
}

/** Invisible characters after the preheader, so that the inbox does not go on with the body's first words. */
const PADDING = '\u034f\u200c\u00a0'.repeat(60);

/** The frame of a mail of a newsletter: its texts cleaned, its words in the furniture's language. */
export function composeFrameView(
  newsletter: Pick<Newsletter, 'name' | 'language' | 'postalAddress'>,
  furniture: Furniture,
  logo: Logo | null | undefined,
): FrameView {
  const { language, direction, words } = furniture;
  return {
    language,
    direction,
    start: startOf(direction),
    stories: composeStoryLanguage(newsletter.language, language),
    words,
    padding: PADDING,
    name: cleanText(newsletter.name),
    postalAddress: cleanText(newsletter.postalAddress),
    logo: composeLogo(logo),
  };
}

function composeLogo(logo: Logo | null | undefined): Logo | null {
  const url = cleanLink(logo?.url);
  return logo && url ? { url, width: Number(logo.width), alt: cleanText(logo.alt) } : null;
}

function composeStoryLanguage(stories: string, furniture: string): FrameView['stories'] {
  const language = primaryLanguage(stories);
  if (!/^[a-z]{2,3}$/.test(language) || language === furniture) return null;
  const direction = directionOf(language);
  return { language, direction, start: startOf(direction) };
}

/** Where a line begins. */
function startOf(direction: 'ltr' | 'rtl'): 'left' | 'right' {
  return direction === 'rtl' ? 'right' : 'left';
}
