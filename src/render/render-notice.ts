import type { Email } from '../domain/email.ts';
import type { Notice } from '../domain/notice.ts';
import { cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { compileOptions, loadHandlebars } from './load-handlebars.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS = 72;

/** The email of a notice, from the templates `notice`. */
export function renderNotice(kit: TemplateKit, notice: Notice): Email {
  const view = {
    subject: cleanText(notice.subject),
    heading: cleanText(notice.heading),
    start: 'left',
    direction: 'ltr',
    paragraphs: notice.paragraphs.map(cleanText),
    commands: notice.commands.map(({ about, command }) => ({
      about: cleanText(about),
      command: cleanText(command),
    })),
  };
  const fill = (source: string, kind: 'html' | 'text'): string =>
    loadHandlebars(kit.partials, kind).compile(source, compileOptions(kind))(view);
  const text = fill(kit.text, 'text').replace(/\n{3,}/g, '\n\n');
  return {
    subject: cleanText(fill(kit.subject, 'text')),
    html: fill(kit.html, 'html'),
    text: `${wrapText(text.trim(), COLUMNS)}\n`,
  };
}
