import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Design, Logo } from '../domain/newsletter.ts';
import type { Catalogue } from './catalogue.ts';
import { brokenTemplate, checkHandlebars, checkTags, type TemplateFile } from './check-template.ts';
import { dressLook } from './dress-look.ts';
import { loadHandlebars } from './load-handlebars.ts';
import type { Look, TemplateSources } from './read-templates.ts';

/** An email's HTML in one look. */
interface DressedHtml {
  /** HTML with the Handlebars expressions still in it; so are the partials. */
  readonly html: string;
  readonly partials: Readonly<Record<string, string>>;
}

/** Compiled templates as plain JSON: stored and hashed with a frozen issue, so that an upgrade in mid-send changes nothing. */
export interface TemplateKit extends DressedHtml {
  readonly text: string;
  readonly subject: string;
  readonly catalogues: Readonly<Record<string, Catalogue>>;
  /** Name of the look that is filled in. */
  readonly look: string;
  /** The looks a reader may choose instead. */
  readonly otherLooks?: Readonly<Record<string, DressedHtml>>;
  readonly logo?: Logo | null;
  /** False when a number of the day is told without its bars. */
  readonly charts?: boolean;
}

/** What goes with a look: the newsletter's changes to it, and the looks that a reader may choose instead. */
export interface Wardrobe {
  readonly design?: Design;
  readonly others?: readonly Look[];
}

/** Dresses the templates in each look and compiles MJML to HTML, once; throws BriefingError `invalid` with file and line for a broken template. */
export async function compileTemplates(
  sources: TemplateSources,
  look: Look,
  { design, others = [] }: Wardrobe = {},
): Promise<TemplateKit> {
  const dressed = await dressHtml(sources, dressLook(look, design));
  const otherLooks: Record<string, DressedHtml> = {};
  for (const other of others) otherLooks[other.name] = await dressHtml(sources, dressLook(other));
  return {
    ...dressed,
    text: sources.text,
    subject: sources.subject,
    catalogues: sources.catalogues,
    look: look.name,
    otherLooks,
    logo: design?.logo ?? null,
    charts: design?.charts ?? true,
  };
}

/** Throws BriefingError `invalid`, with file and line, for what is broken in any look, as far as it can be told without compiling. */
export function checkTemplates(sources: TemplateSources): void {
  for (const look of Object.values(sources.looks)) {
    const files = listFiles(sources).map((template) => dressTemplate(template, dressLook(look)));
    checkFiles(files);
    for (const template of files) if (template.file.endsWith('.mjml')) checkTags(template);
  }
}

/** HTML by the hash of what it is made of: a compile costs a hundred times what a look-up does. */
const compiled = new Map<string, DressedHtml>();
const MOST_KEPT = 50;

async function dressHtml(sources: TemplateSources, look: Look): Promise<DressedHtml> {
  const files = listFiles(sources).map((template) => dressTemplate(template, look));
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const dressed = compiled.get(hash) ?? (await compileFiles(files));
  compiled.delete(hash);
  compiled.set(hash, dressed);
  const [oldest] = compiled.keys();
  if (compiled.size > MOST_KEPT && oldest !== undefined) compiled.delete(oldest);
  return dressed;
}

async function compileFiles(files: readonly TemplateFile[]): Promise<DressedHtml> {
  const [html] = files;
  if (!html) throw new Error('an email has three templates');
  const partials = checkFiles(files);
  return { html: await compileMjml(html), partials };
}

/** Checks the Handlebars of all files and returns the partials. */
function checkFiles(files: readonly TemplateFile[]): Readonly<Record<string, string>> {
  const partials = Object.fromEntries(
    files
      .filter(({ file }) => file.startsWith('partials/'))
      .map(({ file, source, kind }) => [
        basename(file),
        kind === 'html' ? foldSpace(source) : source,
      ]),
  );
  for (const template of files) checkHandlebars(loadHandlebars(partials, template.kind), template);
  return partials;
}

function listFiles(sources: TemplateSources): readonly TemplateFile[] {
  const { name, html, text, subject, partials } = sources;
  return [
    { file: `${name}.mjml`, source: html, kind: 'html' },
    { file: `${name}.txt`, source: text, kind: 'text' },
    { file: `${name}.subject`, source: subject, kind: 'text' },
    ...Object.entries(partials).map(([file, source]) => listPartial(file, source)),
  ];
}

function listPartial(name: string, source: string): TemplateFile {
  const file = `partials/${name}`;
  return { file, source, kind: name.endsWith('.txt') ? 'text' : 'html' };
}

/** MJML checks colours when it compiles, so the look's values must be in place by then. */
function dressTemplate(template: TemplateFile, look: Look): TemplateFile {
  const source = template.source.replace(
    /\{\{look\.(\w+)\}\}/g,
    (found, key: string, at: number) => {
      const value = Object.hasOwn(look.values, key) ? look.values[key] : undefined;
      if (value !== undefined && /^[^<>{}"\n]*$/.test(value)) return value;
      const line = template.source.slice(0, at).split('\n').length;
      throw brokenTemplate(
        template,
        line,
        `${found} has no usable value. Set it in looks/${look.name}.json`,
      );
    },
  );
  return { ...template, source };
}

async function compileMjml(template: TemplateFile): Promise<string> {
  checkTags(template);
  const { default: mjml2html } = await import('mjml');
  const result = await mjml2html(template.source, {
    fonts: {},
    keepComments: false,
    ignoreIncludes: true,
  }).catch((cause: unknown) => {
    throw brokenTemplate(template, 1, cause instanceof Error ? cause.message : String(cause));
  });
  const [fault] = result.errors;
  if (fault) throw brokenTemplate(template, fault.line, `${fault.message.trim()}. Correct the tag`);
  return mirrorAlignment(foldSpace(result.html));
}

/** White space with a line break in it is one space to a mail client, and a quarter of the bytes. */
function foldSpace(html: string): string {
  return html.replace(/\s*\n\s*/g, ' ').trim();
}

/** MJML writes left-to-right into every cell whatever the `dir` of the mail. */
function mirrorAlignment(html: string): string {
  return html
    .replaceAll('text-align:left', 'text-align:{{@root.start}}')
    .replaceAll('align="left"', 'align="{{@root.start}}"')
    .replaceAll('direction:ltr', 'direction:{{@root.direction}}');
}
