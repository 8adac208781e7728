import type { Theme } from '../domain/newsletter.ts';
import type { RankedStory } from '../domain/story.ts';
import { capOutlets } from './cap-outlets.ts';
import type { Cut, Judgement } from './judgement.ts';
import { orderSection } from './order-section.ts';

const MOST_SECTIONS = 5;
const LEAST_IN_SECTION = 2;
const MOST_IN_SECTIONS = 16;
const MOST_IN_BRIEF = 8;
const MOST_FROM_OUTLET = 3;
/** How far down the biggest story may be looked for among those with something to tell. */
const LEAD_DEPTH = 5;

/** Where the stories of an issue stand; no story stands twice. */
export interface Arrangement {
  readonly lead: RankedStory | null;
  readonly sections: readonly { readonly theme: Theme; readonly stories: readonly RankedStory[] }[];
  readonly inBrief: readonly RankedStory[];
  /** Why each of the others stands nowhere. */
  readonly cut: ReadonlyMap<RankedStory, Cut>;
}

/**
 * Gives the best ranked stories their places: the big one, up to five sections in the order of the themes, the rest in brief.
 * A pinned story stands first where it stands, and has a section even alone.
 */
export function arrangeStories(
  ranked: readonly RankedStory[],
  themes: readonly Theme[],
  judgement: Judgement,
): Arrangement {
  const { within, over } = capOutlets(ranked, judgement);
  const lead = chooseLead(within, judgement);
  const others = putPinnedFirst(
    within.filter((story) => story !== lead),
    judgement,
  );
  const sections = fillSections(others, themes, judgement);
  const placed = new Set(sections.flatMap(({ stories }) => stories));
  const left = others.filter((story) => !placed.has(story));
  const inBrief = chooseMixed(left, MOST_IN_BRIEF, judgement);
  const full = new Map(sections.map(({ theme, stories }) => [theme.slug, stories.length]));
  const cut = left
    .filter((story) => !inBrief.includes(story))
    .map((story) => [story, explainCut(story, full)] as const);
  return { lead, sections, inBrief, cut: new Map([...over, ...cut]) };
}

function explainCut({ theme }: RankedStory, full: ReadonlyMap<string, number>): Cut {
  const inSection = full.get(theme ?? '');
  return inSection === undefined
    ? { reason: 'below-cut', detail: `${MOST_IN_BRIEF} in brief` }
    : { reason: 'section-cap', detail: `${inSection} in ${theme}` };
}

function chooseLead(
  ranked: readonly RankedStory[],
  { isFirst, canSummarize }: Judgement,
): RankedStory | null {
  const best = ranked.slice(0, LEAD_DEPTH).find(canSummarize);
  return ranked.find(isFirst) ?? best ?? ranked[0] ?? null;
}

function putPinnedFirst(
  stories: readonly RankedStory[],
  { isPinned }: Judgement,
): readonly RankedStory[] {
  return [...stories.filter(isPinned), ...stories.filter((story) => !isPinned(story))];
}

function fillSections(
  stories: readonly RankedStory[],
  themes: readonly Theme[],
  judgement: Judgement,
): Arrangement['sections'] {
  const hasPin = (section: Section): boolean => section.stories.some(judgement.isPinned);
  const full = themes
    .map((theme) => {
      const ofTheme = stories.filter(
        (story) => story.theme === theme.slug && judgement.canSummarize(story),
      );
      return { theme, stories: chooseMixed(ofTheme, theme.cap, judgement) };
    })
    .filter((section) => section.stories.length >= LEAST_IN_SECTION || hasPin(section));
  const byStrength = [...full].sort(
    (a, b) => Number(hasPin(b)) - Number(hasPin(a)) || compareSections(a, b),
  );
  const strongest = new Set(byStrength.slice(0, MOST_SECTIONS));
  const sections = trimSections(full.filter((section) => strongest.has(section)));
  return sections.map(({ theme, stories }) => {
    return { theme, stories: orderSection(stories, judgement) };
  });
}

type Section = Arrangement['sections'][number];

function compareSections(a: Section, b: Section): number {
  return measureStrength(b) - measureStrength(a);
}

/** A section is as strong as its three best stories together. */
function measureStrength({ stories }: Section): number {
  return stories.slice(0, 3).reduce((sum, story) => sum + story.score, 0);
}

/** Takes out the weakest story, never one of a section's best two, until all sections together are short enough. */
function trimSections(sections: readonly Section[]): readonly Section[] {
  const count = sections.reduce((sum, { stories }) => sum + stories.length, 0);
  const long = sections.filter(({ stories }) => stories.length > LEAST_IN_SECTION);
  const [first, ...others] = long;
  if (count <= MOST_IN_SECTIONS || !first) return sections;
  const weakest = others.reduce((a, b) => (lastScore(b) <= lastScore(a) ? b : a), first);
  const shorter = { ...weakest, stories: weakest.stories.slice(0, -1) };
  return trimSections(sections.map((section) => (section === weakest ? shorter : section)));
}

function lastScore({ stories }: Section): number {
  return stories.at(-1)?.score ?? 0;
}

/** The best `most` stories, in order; those of an outlet that has three already wait until the others have had their turn. */
function chooseMixed(
  stories: readonly RankedStory[],
  most: number,
  { outletOf }: Judgement,
): readonly RankedStory[] {
  const counts = new Map<string, number>();
  const waiting: RankedStory[] = [];
  const chosen: RankedStory[] = [];
  for (const story of stories) {
    const count = (counts.get(outletOf(story)) ?? 0) + 1;
    counts.set(outletOf(story), count);
    (count <= MOST_FROM_OUTLET ? chosen : waiting).push(story);
  }
  const best = new Set([...chosen, ...waiting].slice(0, Math.max(0, most)));
  return stories.filter((story) => best.has(story));
}
