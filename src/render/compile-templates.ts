import { basename } from 'node:path';
import type { Catalogue } from './catalogue.ts';
import { brokenTemplate, checkHandlebars, checkTags, type TemplateFile } from './check-template.ts';
import { loadHandlebars } from './load-handlebars.ts';
import type { Look, TemplateSources } from './read-templates.ts';

/** Compiled templates as plain JSON: stored and hashed with a frozen issue, so that an upgrade in mid-send changes nothing. */
export interface TemplateKit {
  /** HTML with the Handlebars expressions still in it; so are text, subject and partials. */
  readonly html: string;
  readonly text: string;
  readonly subject: string;
  readonly partials: Readonly<Record<string, string>>;
  readonly catalogues: Readonly<Record<string, Catalogue>>;
  /** Name of the look that is filled in. */
  readonly look: string;
}

/** Dresses the templates in a look and compiles MJML to HTML, once; throws BriefingError `invalid` with file and line for a broken template. */
export async function compileTemplates(sources: TemplateSources, look: Look): Promise<TemplateKit> {
  const [html, text, subject, ...partials] = listFiles(sources).map((template) =>
    dressTemplate(template, look),
  );
  if (!html || !text || !subject) throw new Error('an email has three templates');
  const partialSources = Object.fromEntries(
    partials.map(({ file, source }) => [basename(file), source]),
  );
  for (const template of [html, text, subject, ...partials])
    checkHandlebars(loadHandlebars(partialSources, template.kind), template);
  return {
    html: await compileMjml(html),
    text: text.source,
    subject: subject.source,
    partials: partialSources,
    catalogues: sources.catalogues,
    look: look.name,
  };
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
  if (name.endsWith('.txt')) return { file, source, kind: 'text' };
  return { file, source: source.trimEnd(), kind: 'html' };
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
