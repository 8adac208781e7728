import type { Email } from '../domain/email.ts';
import type { Notice } from '../domain/notice.ts';
import { cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { fillTemplates } from './fill-templates.ts';

/** The email of a notice, from the templates `notice`. */
export function renderNotice(kit: TemplateKit, notice: Notice): Email {
  return fillTemplates(kit, {
    subject: cleanText(notice.subject),
    heading: cleanText(notice.heading),
    start: 'left',
    direction: 'ltr',
    paragraphs: notice.paragraphs.map(cleanText),
    commands: notice.commands.map(({ about, command }) => ({
      about: cleanText(about),
      command: cleanText(command),
    })),
  });
}
