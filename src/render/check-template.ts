import type Handlebars from 'handlebars';
import { BriefingError } from '../domain/briefing-error.ts';
import { compileOptions, type TemplateKind } from './load-handlebars.ts';

/** One template file under its name in the templates folder. */
export interface TemplateFile {
  readonly file: string;
  readonly source: string;
  readonly kind: TemplateKind;
}

/** Throws BriefingError `invalid`, with file and line, for Handlebars that would fail or print unescaped text when an email is rendered. */
export function checkHandlebars(handlebars: typeof Handlebars, template: TemplateFile): void {
  try {
    handlebars.precompile(template.source, compileOptions(template.kind));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = Number(/(?:line | - )(\d+)/.exec(message)?.[1] ?? 1);
    throw brokenTemplate(template, line, `${lastLine(message)}. Mend the {{…}} expression`);
  }
  const visitor = new handlebars.Visitor();
  visitor.PartialStatement = (node) => {
    const name = 'original' in node.name ? String(node.name.original) : '';
    if (!Object.hasOwn(handlebars.partials, name))
      throw brokenTemplate(template, node.loc.start.line, unknownPartial(name));
  };
  visitor.MustacheStatement = (node) => {
    if (!node.escaped && template.kind === 'html')
      throw brokenTemplate(template, node.loc.start.line, UNESCAPED);
  };
  visitor.accept(handlebars.parse(template.source));
}

/** Throws BriefingError `invalid`, with file and line, for MJML tags that do not close each other: the MJML parser would drop their content without a word. */
export function checkTags(template: TemplateFile): void {
  const open: { name: string; line: number }[] = [];
  const source = template.source.replace(/<!--.*?-->/gs, (comment) => comment.replace(/./g, ' '));
  for (const tag of source.matchAll(/<(\/?)(mj[\w-]*)(?:\s[^>]*?)?(\/?)>/g)) {
    const [, slash, name = '', selfClosing] = tag;
    const line = source.slice(0, tag.index).split('\n').length;
    if (name === 'mj-include') throw brokenTemplate(template, line, INCLUDE);
    if (selfClosing) continue;
    if (!slash) open.push({ name, line });
    else if (open.pop()?.name !== name)
      throw brokenTemplate(
        template,
        line,
        `</${name}> closes a tag that is not open. Close the tags in order`,
      );
  }
  const left = open.pop();
  if (left)
    throw brokenTemplate(
      template,
      left.line,
      `<${left.name}> is never closed. Add </${left.name}>`,
    );
}

/** The error for a fault at one line of a template. */
export function brokenTemplate(
  template: Pick<TemplateFile, 'file'>,
  line: number,
  fault: string,
): BriefingError {
  return new BriefingError('invalid', `${template.file}, line ${String(line)}: ${fault}.`);
}

const UNESCAPED =
  'three braces or an ampersand would print feed text as HTML. Use two braces: {{…}}';
const INCLUDE = 'mj-include is not read. Use a partial: {{> name}} from the partials folder';

function unknownPartial(name: string): string {
  return `there is no partial "${name}". Add it to the partials folder or correct the name`;
}

function lastLine(message: string): string {
  return message.trim().split('\n').at(-1) ?? message;
}
