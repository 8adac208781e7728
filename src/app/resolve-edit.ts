import { BriefingError } from '../domain/briefing-error.ts';
import { listActiveEdits, listUndone, type Edit, type EditCommand } from '../domain/edit.ts';
import type { StoryDecision } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findArticle, findStory } from './find-story.ts';
import type { KeptMorning } from './pack-morning.ts';

/** An edit as a person words it: stories, articles and themes by any name they have. */
export type EditWish =
  | {
      readonly kind: 'pin';
      readonly story: string;
      readonly isFirst: boolean;
      readonly theme: string | null;
    }
  | { readonly kind: 'drop'; readonly story: string }
  | { readonly kind: 'move'; readonly story: string; readonly theme: string }
  | { readonly kind: 'merge'; readonly stories: readonly string[] }
  | { readonly kind: 'split'; readonly story: string; readonly articles: readonly string[] }
  | {
      readonly kind: 'rewrite';
      readonly story: string;
      readonly headline: string | null;
      readonly summary: string | null;
    }
  /** Null undoes the last edit that holds. */
  | { readonly kind: 'undo'; readonly edit: number | null };

/** A command on articles, and what it is about in words. */
export type ResolvedEdit = Pick<Edit, 'command' | 'about'>;

interface Desk {
  readonly morning: KeptMorning;
  readonly edits: readonly Edit[];
}

/** What a person's wish means on the articles of this morning. Throws BriefingError when it means nothing, or nothing clear. */
export function resolveEdit(desk: Desk, wish: EditWish): ResolvedEdit {
  const { morning } = desk;
  const { themes } = morning.inputs.newsletter;
  if (wish.kind === 'undo') return resolveUndo(desk.edits, wish.edit);
  if (wish.kind === 'merge') return resolveMerge(morning, wish.stories);
  const story = findEditable(morning, wish.story);
  const { articles, headline: about } = story;
  switch (wish.kind) {
    case 'drop':
      return { about, command: { kind: 'drop', articles } };
    case 'move':
      return { about, command: { kind: 'move', articles, theme: findTheme(themes, wish.theme) } };
    case 'pin': {
      const theme = wish.theme === null ? null : findTheme(themes, wish.theme);
      return { about, command: { kind: 'pin', articles, isFirst: wish.isFirst, theme } };
    }
    case 'split':
      return resolveSplit(morning, story, wish.articles);
    case 'rewrite':
      return { about, command: { kind: 'rewrite', articles, ...readTexts(wish) } };
  }
}

function findEditable({ made }: KeptMorning, name: string): StoryDecision {
  const story = findStory(made.decisions, name);
  if (story.reason !== 'dropped') return story;
  throw new BriefingError(
    'conflict',
    `“${story.headline}” was dropped. Undo that first; "daybrief edit ISSUE" lists the edits with their numbers.`,
  );
}

function findTheme(themes: Newsletter['themes'], name: string): string {
  const wanted = name.toLowerCase();
  const theme = themes.find(({ slug, name: shown }) =>
    [slug, shown.toLowerCase()].includes(wanted),
  );
  if (theme) return theme.slug;
  const slugs = themes.map(({ slug }) => slug).join(', ');
  throw new BriefingError(
    'not_found',
    `The newsletter has no theme “${name}”. Choose one of: ${slugs}.`,
  );
}

function resolveMerge(morning: KeptMorning, names: readonly string[]): ResolvedEdit {
  const stories = [...new Set(names.map((name) => findEditable(morning, name)))];
  if (stories.length < 2) {
    throw new BriefingError('invalid', 'Merging needs two different stories. Name another one.');
  }
  return {
    about: stories.map(({ headline }) => headline).join(' + '),
    command: { kind: 'merge', stories: stories.map(({ articles }) => articles) },
  };
}

function resolveSplit(
  { inputs }: KeptMorning,
  story: StoryDecision,
  names: readonly string[],
): ResolvedEdit {
  const byKey = new Map(inputs.articles.map((article) => [article.key, article]));
  const members = story.articles.flatMap((key) => byKey.get(key) ?? []);
  const articles = [...new Set(names.map((name) => findArticle(members, name).key))];
  if (articles.length === story.articles.length) {
    throw new BriefingError(
      'invalid',
      `“${story.headline}” has no other article, so nothing would be left of it. Name fewer.`,
    );
  }
  return { about: story.headline, command: { kind: 'split', articles } };
}

function readTexts({ headline, summary }: Extract<EditWish, { kind: 'rewrite' }>) {
  const texts = { headline: clean(headline), summary: clean(summary) };
  if (texts.headline !== null || texts.summary !== null) return texts;
  throw new BriefingError(
    'invalid',
    'There is nothing to rewrite. Give --headline TEXT, --summary TEXT, or both.',
  );
}

function clean(text: string | null): string | null {
  const plain = text?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '';
  return plain === '' ? null : plain;
}

function resolveUndo(edits: readonly Edit[], number: number | null): ResolvedEdit {
  const edit =
    number === null
      ? listActiveEdits(edits).at(-1)
      : edits.find((candidate) => candidate.number === number);
  if (!edit) {
    const what = number === null ? 'There is no edit to undo' : `There is no edit ${number}`;
    throw new BriefingError('not_found', `${what}. "daybrief edit ISSUE" lists them.`);
  }
  if (listUndone(edits).has(edit.number)) {
    throw new BriefingError(
      'conflict',
      `Edit ${edit.number} is undone already. To do it again, undo the undoing; "daybrief edit ISSUE" lists both.`,
    );
  }
  const command: EditCommand = { kind: 'undo', edit: edit.number };
  return { about: `${edit.command.kind} ${edit.about}`, command };
}
