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
  const view = composeIssueView(kit, tailored);
  const { text, subject } = openPress(kit);
  return {
    subject: cleanText(subject(view)),
    html: openHtmlPress(chooseDress(kit, tailored.look))(view),
    text: tidyText(text(view)),
  };
}

type Print = (view: IssueView) => string;
type DressedHtml = Pick<TemplateKit, 'html' | 'partials'>;

/** The newsletter's own look where the reader chose none, or one that is gone. */
function chooseDress(kit: TemplateKit, look = ''): DressedHtml {
  const others = kit.otherLooks ?? {};
  return (Object.hasOwn(others, look) ? others[look] : undefined) ?? kit;
}

/** Compiling costs a hundred times what printing does, so each kit is compiled once. */
const presses = new WeakMap<TemplateKit, { readonly text: Print; readonly subject: Print }>();
const htmlPresses = new WeakMap<DressedHtml, Print>();

function openPress(kit: TemplateKit): { readonly text: Print; readonly subject: Print } {
  const known = presses.get(kit);
  if (known) return known;
  const handlebars = loadHandlebars(kit.partials, 'text');
  const press = {
    text: handlebars.compile<IssueView>(kit.text, compileOptions('text')),
    subject: handlebars.compile<IssueView>(kit.subject, compileOptions('text')),
  };
  presses.set(kit, press);
  return press;
}

function openHtmlPress(dressed: DressedHtml): Print {
  const known = htmlPresses.get(dressed);
  if (known) return known;
  const handlebars = loadHandlebars(dressed.partials, 'html');
  const print = handlebars.compile<IssueView>(dressed.html, compileOptions('html'));
  htmlPresses.set(dressed, print);
  return print;
}

function tidyText(text: string): string {
  const tidy = text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `${wrapText(tidy, COLUMNS)}\n`;
}
