/** What every mail program worth naming draws, Outlook's Word engine included. All else is a finding. */
const PROPERTIES = new Set(
  `color background-color font font-family font-size font-style font-weight line-height letter-spacing
  text-align text-decoration text-transform vertical-align white-space
  border border-top border-bottom border-left border-right border-color border-collapse border-spacing border-style border-width
  margin margin-top margin-bottom margin-left margin-right padding padding-top padding-bottom padding-left padding-right
  width height direction`.split(/\s+/),
);
const ELEMENTS = new Set(
  `html head title meta style body table thead tbody tr td th div p span a b i em strong br img h1 h2 h3 h4 ul ol li
  blockquote center hr small sup sub`.split(/\s+/),
);
const DISPLAYS = new Set(['block', 'inline', 'none']);

/** What a page asks of mail programs that not all of them give, once each: `css max-width`, `@media (prefers-color-scheme: dark)`, `<svg>`. */
export function listMailFeatures(page: string): readonly string[] {
  // What only Outlook reads is written for Outlook.
  const html = page.replace(/<!--\[if [^!][\s\S]*?<!\[endif\]-->/g, '');
  const sheets = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map(([, css = '']) => css);
  const inline = [...html.matchAll(/\sstyle="([^"]*)"/gi)].map(([, css = '']) => css);
  const names = [...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name = '']) => name.toLowerCase());
  return [
    ...new Set([
      ...names.filter((name) => !ELEMENTS.has(name)).map((name) => `<${name}>`),
      ...sheets.flatMap((css) => css.match(/@[\w-]+[^{;]*/g) ?? []).map((rule) => rule.trim()),
      ...[...sheets.map(listBlocks), ...inline].flatMap((css) => listProperties(css)),
    ]),
  ].sort();
}

/** The declarations of a style sheet, without selectors and at-rules. */
function listBlocks(css: string): string {
  return [...css.matchAll(/\{([^{}]*)\}/g)].map(([, block = '']) => block).join(';');
}

function listProperties(css: string): readonly string[] {
  return css.split(';').flatMap((declaration) => {
    const [name = '', value = ''] = declaration.split(':').map((part) => part.trim().toLowerCase());
    if (name === '') return [];
    if (name === 'display') {
      const display = value.replace(/\s*!important/, '');
      return DISPLAYS.has(display) ? [] : [`css display: ${display}`];
    }
    // -webkit-, -ms- and mso- speak to one program each, on purpose.
    return PROPERTIES.has(name) || /^(-|mso-)/.test(name) ? [] : [`css ${name}`];
  });
}
