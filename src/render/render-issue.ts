import type { Email } from '../domain/email.ts';
import type { TemplateKit } from './compile-templates.ts';
import { composeIssueView, type IssueView, type TailoredIssue } from './issue-view.ts';
import { compileOptions, loadHandlebars } from './load-handlebars.ts';
import { cleanText } from './clean-text.ts';
import { wrapText } from './wrap-text.ts';

/** RFC 3676 asks for lines shorter than 78; 72 leaves room to be quoted. */
const COLUMNS = 72;

/** The email of an issue, with slots for what differs from reader to reader: the same input always gives the same bytes. */
export function renderIssue(kit: TemplateKit, tailored: TailoredIssue): Email {
  const view = composeIssueView(kit.catalogues, tailored);
  const { html, text, subject } = openPress(kit);
  return {
    subject: cleanText(subject(view)),
    html: html(view),
    text: tidyText(text(view)),
  };
}

interface Press {
  readonly html: (view: IssueView) => string;
  readonly text: (view: IssueView) => string;
  readonly subject: (view: IssueView) => string;
}

const presses = new WeakMap<TemplateKit, Press>();

/** Compiling costs a hundred times what printing does, so each kit is compiled once. */
function openPress(kit: TemplateKit): Press {
  const known = presses.get(kit);
  if (known) return known;
  const forHtml = loadHandlebars(kit.partials, 'html');
  const forText = loadHandlebars(kit.partials, 'text');
  const press: Press = {
    html: forHtml.compile(kit.html, compileOptions('html')),
    text: forText.compile(kit.text, compileOptions('text')),
    subject: forText.compile(kit.subject, compileOptions('text')),
  };
  presses.set(kit, press);
  return press;
}

function tidyText(text: string): string {
  const tidy = text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `${wrapText(tidy, COLUMNS)}\n`;
}
