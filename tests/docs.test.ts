import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../src/cli/run-cli.ts';
import { SETTINGS } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readText('README.md');
const PROGRAM = buildProgram();
const PACKAGE = JSON.parse(readText('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;
const MENTIONS = listMentions(README);

describe('README.md', () => {
  test('has every command', () => {
    const named = new Set(MENTIONS.map(({ command }) => nameCommand(command)));
    const missing = listCommands(PROGRAM).map(nameCommand);
    expect(missing.filter((name) => !named.has(name))).toEqual([]);
  });

  test('has every option beside its command', () => {
    const missing = listCommands(PROGRAM).flatMap((command) => {
      const texts = MENTIONS.filter((mention) => mention.command === command);
      const written = texts.flatMap(({ text }) => listFlags(text));
      return flagsOf(command)
        .filter((flag) => !written.includes(flag))
        .map((flag) => `${nameCommand(command)} ${flag}`);
    });
    expect(missing).toEqual([]);
  });

  test('has every option that all commands take', () => {
    const written = listCodeTexts(README).flatMap(listFlags);
    expect(flagsOf(PROGRAM).filter((flag) => !written.includes(flag))).toEqual([]);
  });

  test('names no command, option or script that does not exist', () => {
    const unknown = MENTIONS.flatMap(({ command, text, rest }) => {
      const known = [...flagsOf(command), ...flagsOf(PROGRAM), '--help'];
      const strangers = listFlags(text).filter((flag) => !known.includes(flag));
      const isLost = command.commands.length > 0 && /^[a-z]/.test(rest);
      return isLost || strangers.length > 0 ? [text] : [];
    });
    expect(unknown).toEqual([]);
    expect(listScripts(README).filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
  });

  test('has every setting with its variable and its default', () => {
    const rows = README.split('\n').filter((line) => line.startsWith('|'));
    const missing = SETTINGS.filter(({ key, environment, fallback }) => {
      const row = rows.find((line) => line.startsWith(`| \`${key}\` | \`${environment}\` |`));
      return row?.split('|')[3]?.replaceAll('`', '').trim() !== fallback;
    });
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  test('names no setting that does not exist', () => {
    const known = SETTINGS.map(({ environment }) => environment);
    const named = README.match(/\bDAYBRIEF_[A-Z_]+/g) ?? [];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('src/README.md', () => {
  test('has every folder and file at the top of src', () => {
    const map = readText('src/README.md');
    const names = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter(({ name }) => name !== 'README.md')
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    expect(names.filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = readText('CONTRIBUTING.md');

  test('says of every dependency what it is for, and of none that is gone', () => {
    const wanted = Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies });
    const listed = [...text.matchAll(/^- (`[^:]+`):/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect([...listed].sort()).toEqual(wanted.sort());
  });

  test('names only scripts that exist', () => {
    expect(listScripts(text).filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
  });
});

/** A piece of code in a document that names a command, and what follows the command's name. */
interface Mention {
  readonly command: Command;
  readonly text: string;
  readonly rest: string;
}

/** Every `daybrief …` of a document; in a table row `daybrief feeds list` · `feeds add` the second is one too. */
function listMentions(document: string): readonly Mention[] {
  const known = PROGRAM.commands.map((command) => command.name());
  return listCodeTexts(document).flatMap((text) => {
    const words = text.replace(/^(npx )?daybrief( |$)/, '');
    const isNamed = words !== text || (text.includes(' ') && known.includes(firstWord(text)));
    return isNamed && !words.startsWith('-') ? [{ text, ...followWords(words) }] : [];
  });
}

function followWords(words: string): { command: Command; rest: string } {
  let command = PROGRAM;
  let rest = words;
  for (;;) {
    const next = command.commands.find((child) => child.name() === firstWord(rest));
    if (!next) return { command, rest };
    command = next;
    rest = rest.slice(firstWord(rest).length).trimStart();
  }
}

/** Code spans, and the lines of code blocks without their comments. */
function listCodeTexts(document: string): readonly string[] {
  const blocks = [...document.matchAll(/^```.*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const lines = blocks.flatMap((code) => code.split('\n')).map((line) => line.replace(/#.*/, ''));
  const spans = [...document.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)];
  return [...lines, ...spans.map(([, code = '']) => code)].map((code) => code.trim());
}

function listCommands(parent: Command): readonly Command[] {
  return parent.commands.flatMap((command) =>
    command.commands.length > 0 ? listCommands(command) : [command],
  );
}

function nameCommand(command: Command): string {
  const parent = command.parent && command.parent !== PROGRAM ? `${command.parent.name()} ` : '';
  return `${parent}${command.name()}`;
}

function flagsOf(command: Command): readonly string[] {
  return command.options.map((option) => option.long ?? option.short ?? '');
}

function listFlags(text: string): readonly string[] {
  return text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];
}

function listScripts(document: string): readonly string[] {
  return listCodeTexts(document).flatMap((code) =>
    [...code.matchAll(/\bnpm (?:run )?([a-z:]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !['ci', 'install', 'pack', 'run'].includes(name)),
  );
}

function firstWord(text: string): string {
  return text.split(' ', 1)[0] ?? '';
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
