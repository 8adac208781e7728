import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** A source file: its path from the root of the project, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Room {
  /** Rooms it may import from; its own is always allowed. */
  readonly rooms: readonly string[];
  /** npm packages it is the door of. */
  readonly packages: readonly string[];
  /** Node's own modules it may use; any but the guarded ones when left out. */
  readonly builtins?: readonly string[];
}

const STAGES = ['gather', 'cluster', 'compose', 'render', 'deliver'];
const CONFIGS = ['config', 'newsletter-config', 'oauth-config', 'transport-config'];
const TEXT_LIBRARIES = ['porter2', 'snowball-stemmers', 'stopwords-iso'];
const PURE_BUILTINS = ['node:crypto', 'node:module', 'node:url'];

/** Who may import whom, and which library has its door where. A room is a folder of src/, or a file at its top. */
export const ROOMS: Readonly<Record<string, Room>> = {
  domain: { rooms: [], packages: ['date-fns', '@date-fns/tz'], builtins: PURE_BUILTINS },
  gather: {
    rooms: ['domain'],
    packages: [
      'undici',
      'ipaddr.js',
      'htmlparser2',
      'sanitize-html',
      'html-to-text',
      'tldts',
      'eld',
      'entities',
      '@mozilla/readability',
      'linkedom',
      'chardet',
      'iconv-lite',
    ],
  },
  cluster: { rooms: ['domain'], packages: TEXT_LIBRARIES, builtins: PURE_BUILTINS },
  compose: { rooms: ['domain'], packages: TEXT_LIBRARIES, builtins: PURE_BUILTINS },
  model: { rooms: ['domain'], packages: [] },
  render: { rooms: ['domain'], packages: ['mjml', 'handlebars', 'date-fns'] },
  deliver: { rooms: ['domain'], packages: ['nodemailer', 'smtp-server', 'mailparser', 'imapflow'] },
  store: { rooms: ['domain'], packages: ['kysely'] },
  app: {
    rooms: ['domain', ...STAGES, 'model', 'store', ...CONFIGS, 'log'],
    packages: ['csv-parse', 'csv-stringify'],
  },
  scheduler: { rooms: ['app'], packages: ['node-cron'] },
  web: { rooms: ['domain', 'app', 'render'], packages: ['hono', '@hono/node-server'] },
  cli: {
    rooms: ['domain', 'app', 'web', 'scheduler', 'config', 'log'],
    packages: ['commander'],
  },
  'model-config': { rooms: ['domain', 'setting'], packages: [] },
  'keep-config': { rooms: ['setting'], packages: [] },
  config: {
    rooms: [
      'domain',
      'bounce-config',
      'keep-config',
      'mail-config',
      'model-config',
      'setting',
      'transport-config',
    ],
    packages: ['yaml', 'zod'],
  },
  'bounce-config': { rooms: ['domain', 'setting'], packages: [] },
  'mail-config': { rooms: ['domain', 'oauth-config', 'setting', 'transport-config'], packages: [] },
  'oauth-config': { rooms: ['domain', 'setting'], packages: [] },
  'transport-config': { rooms: ['domain', 'setting'], packages: [] },
  setting: { rooms: [], packages: [] },
  'newsletter-config': { rooms: ['domain', 'design-config'], packages: ['yaml', 'zod'] },
  'design-config': { rooms: ['domain'], packages: ['zod'] },
  log: { rooms: [], packages: ['pino'] },
  main: { rooms: ['cli'], packages: [] },
};

const DRAWERS = ['util', 'helper', 'common', 'misc', 'lib', 'type', 'manager', 'service', 'impl'];
const GUARDED_BUILTINS: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['store'],
  'node:process': [],
  'node:console': [],
};

/** Every breach of the house rules, one sentence each that begins with the offender. */
export function findViolations(files: readonly SourceFile[]): readonly string[] {
  const parsed = files.map((file) => ({ path: file.path, imports: listImports(file), file }));
  return [
    ...parsed.flatMap(({ path, imports }) => imports.flatMap((name) => judgeImport(path, name))),
    ...files.flatMap((file) => judgeName(file.path)),
    ...files.flatMap(judgeGlobals),
    ...findCycles(parsed),
  ].sort();
}

function judgeImport(path: string, name: string): readonly string[] {
  const room = roomOf(path);
  const rules = ROOMS[room];
  if (!rules) return [`${path}: "${room}" is no room of the house`];
  if (name.startsWith('.')) return judgeInnerImport(path, resolveImport(path, name));
  if (isBuiltin(name)) return judgeBuiltin(path, name);
  const library = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  return rules.packages.includes(library)
    ? []
    : [`${path}: "${room}" is not the door of the package "${library}"`];
}

function judgeInnerImport(path: string, target: string): readonly string[] {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (!target.startsWith('src/')) return [`${path}: may not import ${target}, outside src/`];
  if (from === to || ROOMS[from]?.rooms.includes(to)) return [];
  return [`${path}: "${from}" may not import "${to}" (${target})`];
}

function judgeBuiltin(path: string, name: string): readonly string[] {
  const full = name.startsWith('node:') ? name : `node:${name}`;
  const room = roomOf(path);
  const guarded = GUARDED_BUILTINS[full];
  const allowed = guarded
    ? guarded.includes(room)
    : (ROOMS[room]?.builtins ?? [full]).includes(full);
  return allowed ? [] : [`${path}: "${room}" may not import "${full}"`];
}

function judgeName(path: string): readonly string[] {
  const segments = path.replace(/(\.d)?\.ts$/, '').split('/');
  return segments.flatMap((segment) => {
    const drawer = segment.split('-').find((word) => DRAWERS.includes(word.replace(/s$/, '')));
    if (drawer) return [`${path}: "${segment}" is the name of a drawer ("${drawer}")`];
    if (segment === 'index') return [`${path}: a barrel file`];
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(segment)
      ? []
      : [`${path}: "${segment}" is not kebab-case`];
  });
}

/** What only one file may touch: the clock, the environment; and what none may: the console, chance in the pure rooms. */
function judgeGlobals(file: SourceFile): readonly string[] {
  const found: string[] = [];
  const isPure = ['domain', 'cluster', 'compose', 'render'].includes(roomOf(file.path));
  walk(parse(file), (node) => {
    const text = describeGlobal(node);
    if (text === null) return;
    if (text.startsWith('console')) found.push(`${file.path}: uses ${text}`);
    if (text.startsWith('process') && file.path !== 'src/config.ts')
      found.push(`${file.path}: reads ${text}; only src/config.ts may`);
    if (text.includes('Date') && file.path !== 'src/app/open-app.ts')
      found.push(`${file.path}: reads the clock with ${text}; only src/app/open-app.ts may`);
    if (/random/i.test(text) && isPure) found.push(`${file.path}: a pure room uses ${text}`);
  });
  return found;
}

function describeGlobal(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date')
    return node.arguments?.length ? null : 'new Date()';
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText();
    return callee === 'Date' || /^random[A-Z]/.test(callee) ? `${callee}()` : null;
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return null;
  const owner = node.expression.getText().replace(/^globalThis\./, '');
  const member = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : node.argumentExpression.getText().slice(1, -1);
  const name = `${owner}.${member}`;
  const isNamed = ['Date.now', 'process.env', 'process.loadEnvFile', 'Math.random'].includes(name);
  return isNamed || owner === 'console' ? name : null;
}

/** One sentence per ring of files that import each other; type imports count. */
function findCycles(
  files: readonly { path: string; imports: readonly string[] }[],
): readonly string[] {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter((name) => name.startsWith('.')).map((name) => resolveImport(path, name)),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`${path}: an import cycle ${[...trail.slice(start), path].join(' → ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

/** Every module a file names: import, export from, import(), import type, require(). */
function listImports(file: SourceFile): readonly string[] {
  const names: string[] = [];
  walk(parse(file), (node) => {
    const name = findImportedName(node);
    if (name) names.push(readName(name));
  });
  return [...new Set(names)];
}

function findImportedName(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return node.argument.literal;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

/** The name as written; of a template text only its fixed beginning, when that names a package. */
function readName(name: ts.Node): string {
  if (ts.isStringLiteralLike(name)) return name.text;
  const isInPackage = ts.isTemplateExpression(name) && /^[^./][^/]*\/./.test(name.head.text);
  return isInPackage ? name.head.text : `a computed name: ${name.getText()}`;
}

function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function roomOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

function resolveImport(from: string, name: string): string {
  return posix.join(posix.dirname(from), name);
}
