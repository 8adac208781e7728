import type { Email } from '../domain/email.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { chooseFurniture } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { fillTemplates } from './fill-templates.ts';
import { composeFrameView } from './frame-view.ts';

/** Notices are in English, as the commands they name. */
const LANGUAGE = 'en';

/** The email of a notice from the templates of a kit: `notice`, or `proof` for what stands above an issue. */
export function renderNotice(
  kit: TemplateKit,
  notice: Notice,
  newsletter: Pick<Newsletter, 'name' | 'postalAddress'>,
): Email {
  const furniture = chooseFurniture(kit.catalogues, LANGUAGE);
  const paragraphs = notice.paragraphs.map(cleanText);
  return fillTemplates(kit, {
    ...composeFrameView({ ...newsletter, language: LANGUAGE }, furniture, kit.logo),
    subject: cleanText(notice.subject),
    preheader: paragraphs[0] ?? '',
    title: cleanText(notice.heading),
    paragraphs,
    commands: notice.commands.map(({ about, command }) => ({
      about: cleanText(about),
      command: cleanText(command),
    })),
  });
}
