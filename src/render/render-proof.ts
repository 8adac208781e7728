import type { Email } from '../domain/email.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import type { TemplateKit } from './compile-templates.ts';
import { dressMail } from './dress-mail.ts';
import { renderNotice } from './render-notice.ts';

const RULE = '='.repeat(72);
/** What the inbox would show beside the subject; the bar stands there now, and filters count hidden parts. */
const PREHEADER = /<div style="display:none[^>]*>.*?<\/div>/s;

/** An issue's email, all that is seen of it byte for byte, below a bar that says what becomes of it; the bar is made of the templates `proof`. */
export function renderProof(
  kit: TemplateKit,
  notice: Notice,
  {
    issue,
    newsletter,
  }: { readonly issue: Email; readonly newsletter: Pick<Newsletter, 'name' | 'postalAddress'> },
): Email {
  const bar = renderNotice(kit, notice, newsletter);
  const top = /<body[^>]*>(.*)<\/body>/s.exec(bar.html)?.[1] ?? '';
  return {
    subject: bar.subject,
    html: dressMail(issue.html.replace(PREHEADER, ''), { top }),
    text: `${bar.text}\n${RULE}\n\n${issue.text}`,
  };
}
