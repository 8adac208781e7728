import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Catalogue } from './catalogue.ts';

/** How an email is dressed: its colours, fonts and sizes by name, filled in before the template is compiled. */
export interface Look {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Everything one email is made of, as its author wrote it. */
export interface TemplateSources {
  /** `issue` for issue.mjml, issue.txt and issue.subject. */
  readonly name: string;
  readonly html: string;
  readonly text: string;
  readonly subject: string;
  /** By file name: `story.hbs` for HTML, `story.txt` for text. */
  readonly partials: Readonly<Record<string, string>>;
  readonly catalogues: Readonly<Record<string, Catalogue>>;
  readonly looks: Readonly<Record<string, Look>>;
}

/** Reads the templates of one email from a templates folder; throws BriefingError `invalid` for a missing, broken or outside file. */
export async function readTemplates(folder: string, name = 'issue'): Promise<TemplateSources> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new BriefingError('invalid', `There is no templates folder at ${folder}. Create it.`, {
      cause,
    });
  });
  const looks = await readTables(root, 'looks');
  return {
    name,
    html: await readFramed(root, `${name}.mjml`),
    text: await readInside(root, `${name}.txt`),
    subject: await readInside(root, `${name}.subject`),
    partials: await readFolder(root, 'partials', /\.(hbs|txt)$/),
    catalogues: await readTables(root, 'catalogues'),
    looks: Object.fromEntries(
      Object.entries(looks).map(([look, values]) => [look, { name: look, values }]),
    ),
  };
}

/** The look of that name; throws BriefingError `invalid` naming the ones there are. */
export function chooseLook(sources: TemplateSources, name: string): Look {
  const look = Object.hasOwn(sources.looks, name) ? sources.looks[name] : undefined;
  if (look) return look;
  const names = Object.keys(sources.looks).join(', ');
  throw new BriefingError('invalid', `There is no look named "${name}". Choose one of: ${names}.`);
}

/** A file of the folder, never one outside it: neither by `..` nor by a link that leads out. */
async function readInside(root: string, file: string): Promise<string> {
  const path = await realpath(join(root, file)).catch((cause: unknown) => {
    throw new BriefingError('invalid', `The template ${file} is missing in ${root}. Add it.`, {
      cause,
    });
  });
  if (!path.startsWith(root + sep))
    throw new BriefingError(
      'invalid',
      `The template ${file} leads out of the templates folder. Put the file itself into ${root}.`,
    );
  return readFile(path, 'utf8');
}

const FRAMED = /^\{\{#> frame\}\}(.*)\{\{\/frame\}\}\s*$/s;

/** A layout that is written inside `{{#> frame}}…{{/frame}}` is laid into the one all letters share, on the lines it has of its own. */
async function readFramed(root: string, file: string): Promise<string> {
  const source = await readInside(root, file);
  const body = FRAMED.exec(source)?.[1];
  if (body === undefined) return source;
  const frame = await readInside(root, join('partials', 'frame.mjml'));
  const [before = '', after = ''] = frame.split('{{> @partial-block}}');
  return `${before.replaceAll('\n', ' ')}${body}${after}`;
}

async function readFolder(
  root: string,
  folder: string,
  ending: RegExp,
): Promise<Record<string, string>> {
  const names = await readdir(join(root, folder)).catch(() => []);
  const files = names.filter((file) => ending.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readInside(root, join(folder, file))));
  return Object.fromEntries(files.map((file, place) => [file, texts[place] ?? '']));
}

async function readTables(root: string, folder: string): Promise<Record<string, Catalogue>> {
  const files = await readFolder(root, folder, /\.json$/);
  return Object.fromEntries(
    Object.entries(files).map(([file, json]) => [
      basename(file, '.json'),
      parseTable(`${folder}/${file}`, json),
    ]),
  );
}

function parseTable(file: string, json: string): Catalogue {
  try {
    const table: unknown = JSON.parse(json);
    if (isTable(table)) return table;
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : 'it is not JSON';
    throw new BriefingError('invalid', `${file} cannot be read: ${fault}. Mend the JSON.`, {
      cause,
    });
  }
  throw new BriefingError('invalid', `${file} must be one JSON object of texts. Mend the file.`);
}

function isTable(value: unknown): value is Catalogue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
