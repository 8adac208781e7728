import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'dist', 'main.js');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
const PLACES = (process.env['PATH'] ?? '').split(delimiter);
const OLD_NODE = findOldNode();
const MINUTES = 60_000;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybrief-package-'));
  expectSuccess(run('npm', ['run', 'build'], { cwd: ROOT }));
}, 5 * MINUTES);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the checkout', () => {
  test('answers to npx daybrief on the Node it brings along, also where the machine has only an old one', () => {
    const places = PLACES.filter((place) => !place.startsWith(ROOT));
    const finished = run('npx', ['--no-install', 'daybrief', '--version'], {
      cwd: ROOT,
      path: OLD_NODE === null ? places : [OLD_NODE, ...places],
    });
    expectSuccess(finished);
    expect(finished.stdout.trim()).toBe(version);
  });
});

describe('the packed package', () => {
  beforeAll(() => {
    const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
    const packed = run('npm', pack, { cwd: ROOT });
    expectSuccess(packed);
    writeFileSync(join(folder, 'package.json'), '{}');
    const file = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--omit=dev'];
    expectSuccess(run('npm', ['install', ...flags, file], { cwd: folder }));
  }, 5 * MINUTES);

  test('holds what it needs to run, and nothing of the workshop', () => {
    const home = join(folder, 'node_modules', 'daybrief');
    const missing = ['dist/main.js', 'templates/issue.mjml', 'seeds/morning', 'README.md'].filter(
      (path) => !existsSync(join(home, path)),
    );
    const extra = ['src', 'tests', 'data', '.ci', '.env', 'daybrief.yaml'].filter((path) =>
      existsSync(join(home, path)),
    );
    expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  });

  test('begins a newsletter in an empty folder and finds it in order', () => {
    const desk = makeDesk('desk');
    const init = ['init', '--no-input', '--name', 'Ada’s Brief', '--address', 'ada@example.org'];
    expectSuccess(daybrief(desk, init));
    const wires = join(folder, 'node_modules', 'daybrief', 'seeds', 'morning', 'wires');
    expectSuccess(daybrief(desk, ['feeds', 'add', wires]));
    const doctor = daybrief(desk, ['doctor', '--json']);
    expectSuccess(doctor);
    const checks = JSON.parse(doctor.stdout) as { check: string; level: string }[];
    expect(checks).toContainEqual(expect.objectContaining({ check: 'templates', level: 'ok' }));
  });

  test('makes and mails a whole morning from its own seeds and templates', () => {
    const desk = makeDesk('demo');
    const demo = daybrief(desk, ['demo', '--once', '--json', '--no-open', '--data', desk]);
    expectSuccess(demo);
    expect(JSON.parse(demo.stdout)).toMatchObject({ audience: 25, sent: 25, failed: 0 });
  });

  test('says its version', () => {
    expect(daybrief(makeDesk('version'), ['--version']).stdout.trim()).toBe(version);
  });
});

describe('an older Node', () => {
  if (OLD_NODE === null) console.warn('\n*** No Node older than 24 on the PATH: not tried. ***\n');

  test.skipIf(OLD_NODE === null)('is told so in one sentence, without a stack trace', () => {
    const finished = run(join(OLD_NODE ?? '', 'node'), [MAIN, 'status'], { cwd: folder });
    expect(finished.status).toBe(1);
    expect(finished.stdout).toBe('');
    expect(finished.stderr).toMatch(/^daybrief: This is Node \d+\.[^\n]*needs Node 24[^\n]*\n$/);
  });
});

/** Runs a program as a person would: with their PATH and home, without what the test runner adds. */
function run(
  program: string,
  args: readonly string[],
  options: { cwd: string; path?: readonly string[] },
) {
  const { cwd, path = PLACES } = options;
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_)|VITEST|NODE_|TEST$|DAYBRIEF_|PORT$|HOST$)/.test(name),
  );
  return spawnSync(program, args, {
    cwd,
    env: { ...Object.fromEntries(kept), PATH: path.join(delimiter) },
    encoding: 'utf8',
    timeout: 4 * MINUTES,
  });
}

function daybrief(desk: string, args: readonly string[]) {
  return run(join(folder, 'node_modules', '.bin', 'daybrief'), args, { cwd: desk });
}

function makeDesk(name: string): string {
  const desk = join(folder, name);
  mkdirSync(desk);
  return desk;
}

function expectSuccess(finished: ReturnType<typeof run>): void {
  expect(finished.status, `${finished.stdout}\n${finished.stderr}`).toBe(0);
}

/** The folder of a Node on the PATH that is older than daybrief needs, or null. */
function findOldNode(): string | null {
  const isOld = (place: string): boolean => {
    if (!existsSync(join(place, 'node'))) return false;
    const answer = execFileSync(join(place, 'node'), ['-p', 'process.versions.node']).toString();
    return Number(answer.split('.')[0]) < 24;
  };
  return PLACES.find(isOld) ?? null;
}
