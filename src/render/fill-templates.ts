import type { Email } from '../domain/email.ts';
import { cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { compileOptions, loadHandlebars } from './load-handlebars.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS = 72;

/** The email of templates that are filled in once in a while: compiled anew each time, where an issue's press keeps what it compiled. */
export function fillTemplates(kit: TemplateKit, view: object): Email {
  const fill = (source: string, kind: 'html' | 'text'): string =>
    loadHandlebars(kit.partials, kind).compile(source, compileOptions(kind))(view);
  const text = fill(kit.text, 'text').replace(/\n{3,}/g, '\n\n');
  return {
    subject: cleanText(fill(kit.subject, 'text')),
    html: fill(kit.html, 'html'),
    text: `${wrapText(text.trim(), COLUMNS)}\n`,
  };
}
