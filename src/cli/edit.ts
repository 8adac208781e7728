import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { EditedIssue } from '../app/edit-issue.ts';
import type { EditWish } from '../app/resolve-edit.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue, StoryDecision } from '../domain/issue.ts';
import { act, parseCount, withApp, type GlobalFlags } from './command-context.ts';
import { describeEdit } from './describe-edit.ts';
import { printDifference } from './print-difference.ts';
import { print, printJson, printTable } from './terminal.ts';

interface EditFlags {
  readonly first?: boolean;
  readonly section?: string;
  readonly headline?: string;
  readonly summary?: string;
  readonly by?: string;
}

const USAGE = `
What can be done (a STORY is its number, its id, or a part of its headline that only it has):
  pin STORY [--first | --section THEME]   print it, first where it stands, first of the issue, or first in a section
  drop STORY                              do not print it
  move STORY THEME                        into another section
  merge STORY STORY…                      into the first
  split STORY ARTICLE…                    these articles are a story of their own; "explain ISSUE STORY" numbers them
  rewrite STORY --headline TEXT --summary TEXT
  undo [EDIT]                             the last edit, or the one with this number; undoing an undo does it again
Alone it lists the stories and the edits so far.`;

/** `daybrief edit`: the editor's hand, logged and undoable. */
export function addEditCommand(program: Command): void {
  program
    .command('edit <issue> [verb] [names...]')
    .description(
      'the editor’s hand: pin, drop, move, merge, split, rewrite, undo; logged, and done again by every build',
    )
    .option('--first', 'pin: make it the big one')
    .option('--section <theme>', 'pin: first in this section')
    .option('--headline <text>', 'rewrite: your headline')
    .option('--summary <text>', 'rewrite: your summary')
    .option('--by <name>', 'who edits (default: your user name)')
    .addHelpText('after', USAGE)
    .action(act(edit));
}

async function edit(
  flags: GlobalFlags & EditFlags,
  name: string,
  ...words: readonly string[]
): Promise<void> {
  const [verb, ...names] = words;
  const wish = verb === undefined ? null : parseWish(verb, names, flags);
  await withApp(flags, async (app) => {
    const { findNamedIssue } = await import('../app/choose-newsletter.ts');
    const named = await findNamedIssue(app, name, flags.newsletter);
    if (!wish) return await showEdits(app, named.issue, flags);
    const { editIssue } = await import('../app/edit-issue.ts');
    const edited = await editIssue(app, named, { ...wish, who: flags.by ?? readUserName() });
    if (flags.json) printJson(toJson(edited));
    else printEdited(edited);
  });
}

function parseWish(verb: string, names: readonly string[], flags: EditFlags): EditWish {
  const [first, ...others] = names;
  if (verb === 'undo' && others.length === 0)
    return { kind: 'undo', edit: first === undefined ? null : parseCount(first, 'undo') };
  if (first === undefined) throw refuse(verb);
  if (verb === 'merge') return { kind: 'merge', stories: names };
  if (verb === 'split' && others.length > 0)
    return { kind: 'split', story: first, articles: others };
  const [second, third] = others;
  if (verb === 'move' && second !== undefined && third === undefined)
    return { kind: 'move', story: first, theme: second };
  if (second !== undefined) throw refuse(verb);
  if (verb === 'pin') {
    const { first: isFirst = false, section: theme = null } = flags;
    return { kind: 'pin', story: first, isFirst, theme };
  }
  if (verb === 'drop') return { kind: 'drop', story: first };
  const { headline = null, summary = null } = flags;
  if (verb === 'rewrite') return { kind: 'rewrite', story: first, headline, summary };
  throw refuse(verb);
}

function refuse(verb: string): BriefingError {
  return new BriefingError(
    'invalid',
    `“${verb}” cannot be done like this. "daybrief edit --help" says what can, and what each needs.`,
  );
}

/** The account's name; an account without one is still somebody. */
function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody';
  }
}

function toJson({ issue, edit: made, difference, conflicts }: EditedIssue): unknown {
  const { number, who, at, about, command } = made;
  const name = `${issue.newsletter}/${issue.date}`;
  return {
    issue: name,
    state: issue.state,
    reason: issue.reason,
    edit: { number, kind: command.kind, about, who, at },
    changes: difference,
    conflicts,
  };
}

function printEdited({ issue, edit: made, difference, conflicts }: EditedIssue): void {
  print(`Edit ${made.number}: ${made.command.kind} ${made.about}`);
  printDifference(difference);
  for (const { edit: number, reason } of conflicts) print(`! edit ${number}: ${reason}`);
  if (issue.reason !== null)
    print(`${issue.newsletter}/${issue.date} is now skipped: ${issue.reason}.`);
  print(`Take it back with: daybrief edit ${issue.date} undo ${made.number}`);
}

async function showEdits(app: App, issue: Issue, flags: GlobalFlags): Promise<void> {
  const { listIssueEdits } = await import('../app/edit-issue.ts');
  const { stories, edits } = await listIssueEdits(app, issue);
  if (flags.json) {
    const name = `${issue.newsletter}/${issue.date}`;
    printJson({ issue: name, state: issue.state, stories: numberStories(stories), edits });
    return;
  }
  const printed = stories.filter(({ place }) => place !== 'cut');
  printTable(
    ['', 'id', 'place', 'theme', 'headline'],
    printed.map(({ story, place, theme, headline }, index) => [
      String(index + 1),
      story,
      place,
      theme ?? '',
      headline,
    ]),
  );
  const cut = stories.length - printed.length;
  if (cut > 0) print(`${cut} were cut; see them with: daybrief explain ${issue.date} --all`);
  print('');
  if (edits.length === 0) print('No edits so far.');
  for (const line of edits) print(describeEdit(line));
}

function numberStories(stories: readonly StoryDecision[]) {
  return stories.map(({ story, place, theme, headline, reason }, index) => ({
    number: place === 'cut' ? null : index + 1,
    story,
    place,
    theme,
    headline,
    reason,
  }));
}
