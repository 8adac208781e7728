import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs by the Debian package that has them. */
const DEBIAN: Readonly<Record<string, string>> = {
  '/usr/bin/spamassassin': 'spamassassin',
  '/usr/bin/rspamd': 'rspamd',
  '/usr/sbin/opendkim': 'opendkim',
  '/usr/lib/python3/dist-packages/dkim/__init__.py': 'python3-dkim',
  '/usr/lib/python3/dist-packages/nacl/__init__.py': 'python3-nacl',
  '/usr/lib/python3/dist-packages/dns/__init__.py': 'python3-dnspython',
  '/usr/bin/java': 'default-jre-headless',
};
/** Judges from npm, in exact versions; none of them is part of the project. */
const NPM = ['vnu-jar@26.9.27', 'html-validate@11.21.1', 'mailauth@7.1.0'];
const PATIENCE_MS = 600_000;

/** Installs the judges this machine lacks: Debian's when run as root, npm's into a folder of their own, which it returns. */
export function installJudges(): string {
  installDebian();
  const folder = join(tmpdir(), 'daybrief-judges', NPM.join('+').replace(/[^\w.+-]/g, '-'));
  if (!existsSync(join(folder, 'node_modules', 'mailauth'))) {
    mkdirSync(folder, { recursive: true });
    // Without scripts: that of the HTML checker would fetch a whole Java.
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    run('npm', [...args, '--prefix', folder, ...NPM], folder);
  }
  return folder;
}

function installDebian(): void {
  const missing = Object.keys(DEBIAN).filter((file) => !existsSync(file));
  if (missing.length === 0) return;
  const names = missing.map((file) => DEBIAN[file] ?? '');
  if (process.getuid?.() !== 0) {
    console.log(`Missing: ${names.join(' ')}. Run as root on Debian, or install them yourself.`);
    return;
  }
  run('apt-get', ['update', '-qq'], '/');
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], '/');
}

function run(program: string, args: readonly string[], cwd: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: PATIENCE_MS });
  if (done.status === 0) return;
  throw new Error(`${program} ${args.join(' ')} failed:\n${done.stderr || String(done.error)}`);
}
