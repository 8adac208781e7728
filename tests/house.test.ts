import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findViolations, ROOMS, type SourceFile } from './house-rules.ts';

const ROOT = join(import.meta.dirname, '..');
const HOUSE = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

describe('the house', () => {
  test('every file keeps to its room, its doors and its names', () => {
    expect(HOUSE.length).toBeGreaterThan(60);
    expect(findViolations(HOUSE)).toEqual([]);
  });

  test('every room and every door of the table is in use', () => {
    const rooms = new Set(HOUSE.map(({ path }) => path.split('/')[1]?.replace(/\.ts$/, '')));
    expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
  });
});

const MADE_UP: readonly { rule: string; files: readonly SourceFile[]; expected: string }[] = [
  {
    rule: 'a stage that looks into the store',
    files: [file('src/compose/rank.ts', `import { openStore } from '../store/open-store.ts';`)],
    expected: 'src/compose/rank.ts: "compose" may not import "store" (src/store/open-store.ts)',
  },
  {
    rule: 'a mere type from a forbidden room',
    files: [file('src/domain/issue.ts', `import type { Log } from '../log.ts';`)],
    expected: 'src/domain/issue.ts: "domain" may not import "log" (src/log.ts)',
  },
  {
    rule: 'an import that only happens while running',
    files: [file('src/main.ts', `const { openApp } = await import('./app/open-app.ts');`)],
    expected: 'src/main.ts: "main" may not import "app" (src/app/open-app.ts)',
  },
  {
    rule: 'an import type inside a type',
    files: [file('src/store/feeds.ts', `type A = import('../app/app.ts').App;`)],
    expected: 'src/store/feeds.ts: "store" may not import "app" (src/app/app.ts)',
  },
  {
    rule: 'a re-export',
    files: [file('src/cluster/a.ts', `export { rank } from '../compose/rank.ts';`)],
    expected: 'src/cluster/a.ts: "cluster" may not import "compose" (src/compose/rank.ts)',
  },
  {
    rule: 'a library through the wrong door',
    files: [file('src/app/send.ts', `import { createTransport } from 'nodemailer/lib/mailer';`)],
    expected: 'src/app/send.ts: "app" is not the door of the package "nodemailer"',
  },
  {
    rule: 'a library behind require',
    files: [file('src/web/page.ts', `const hbs = require('handlebars');`)],
    expected: 'src/web/page.ts: "web" is not the door of the package "handlebars"',
  },
  {
    rule: 'an import nobody can check',
    files: [file('src/app/plugin.ts', `await import(name);`)],
    expected: 'src/app/plugin.ts: "app" is not the door of the package "a computed name: name"',
  },
  {
    rule: 'SQL outside the store',
    files: [file('src/app/peek.ts', `import { DatabaseSync } from 'node:sqlite';`)],
    expected: 'src/app/peek.ts: "app" may not import "node:sqlite"',
  },
  {
    rule: 'a disk in a pure room',
    files: [file('src/compose/words.ts', `import { readFileSync } from 'fs';`)],
    expected: 'src/compose/words.ts: "compose" may not import "node:fs"',
  },
  {
    rule: 'a ring of imports, types included',
    files: [
      file('src/gather/a.ts', `import { b } from './b.ts';`),
      file('src/gather/b.ts', `import type { C } from './c.ts';`),
      file('src/gather/c.ts', `import { a } from './a.ts';`),
    ],
    expected:
      'src/gather/a.ts: an import cycle src/gather/a.ts → src/gather/b.ts → src/gather/c.ts → src/gather/a.ts',
  },
  {
    rule: 'a drawer',
    files: [file('src/render/utils/dates.ts', '')],
    expected: 'src/render/utils/dates.ts: "utils" is the name of a drawer ("utils")',
  },
  {
    rule: 'a drawer with a longer name',
    files: [file('src/app/mail-service.ts', '')],
    expected: 'src/app/mail-service.ts: "mail-service" is the name of a drawer ("service")',
  },
  {
    rule: 'a barrel',
    files: [file('src/store/index.ts', `export * from './feeds.ts';`)],
    expected: 'src/store/index.ts: a barrel file',
  },
  {
    rule: 'a room nobody planned',
    files: [file('src/plugins/a.ts', `import 'node:fs';`)],
    expected: 'src/plugins/a.ts: "plugins" is no room of the house',
  },
  {
    rule: 'a second reader of the environment',
    files: [file('src/log.ts', `const level = process.env['LEVEL'];`)],
    expected: 'src/log.ts: reads process.env; only src/config.ts may',
  },
  {
    rule: 'the environment by another spelling',
    files: [file('src/log.ts', `const { LEVEL } = globalThis.process['env'];`)],
    expected: 'src/log.ts: reads process.env; only src/config.ts may',
  },
  {
    rule: 'a second clock',
    files: [file('src/store/meta.ts', `const now = Date.now();`)],
    expected: 'src/store/meta.ts: reads the clock with Date.now; only src/app/open-app.ts may',
  },
  {
    rule: 'a date of no particular moment',
    files: [file('src/scheduler.ts', `const now = new Date().toISOString();`)],
    expected: 'src/scheduler.ts: reads the clock with new Date(); only src/app/open-app.ts may',
  },
  {
    rule: 'a word on the console',
    files: [file('src/cli/send.ts', `console.log('sent');`)],
    expected: 'src/cli/send.ts: uses console.log',
  },
  {
    rule: 'chance in a pure room',
    files: [file('src/cluster/name-story.ts', `const id = Math.random();`)],
    expected: 'src/cluster/name-story.ts: a pure room uses Math.random',
  },
];

describe('the check of the house', () => {
  test.each(MADE_UP)('catches $rule', ({ files, expected }) => {
    expect(findViolations(files)).toContain(expected);
  });

  test('lets what is allowed pass', () => {
    const files = [
      file('src/app/open-app.ts', `import '../store/open-store.ts'; new Date();`),
      file('src/config.ts', `import { parse } from 'yaml'; process.env['PORT'];`),
      file('src/domain/local-time.ts', `import { tzOffset } from '@date-fns/tz'; new Date(0);`),
      file('src/store/open-store.ts', `import { DatabaseSync } from 'node:sqlite';`),
      file('src/web/server.ts', `import type { App } from '../app/open-app.ts';`),
    ];
    expect(findViolations(files)).toEqual([]);
  });
});

function file(path: string, text: string): SourceFile {
  return { path, text };
}
