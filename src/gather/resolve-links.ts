import { Tokenizer } from 'htmlparser2';
import { decodeEntities } from './decode-entities.ts';
import { escapeHtml } from './escape-html.ts';
import { IGNORE_ALL } from './ignore-all.ts';

const LINK_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src action background cite classid codebase data longdesc poster profile usemap formaction'.split(
    ' ',
  ),
);

/** `reference` made absolute, or unchanged when it cannot be (RFC 3986, section 5). */
export function resolveUrl(reference: string, base: string | null): string {
  const text = reference.trim();
  if (base && URL.canParse(text, base)) return new URL(text, base).href;
  return URL.canParse(text) ? new URL(text).href : text;
}

/** HTML with the links in its attributes made absolute and everything else left as written. */
export function resolveLinks(html: string, base: string | null): string {
  if (!base || !html.includes('=')) return html;
  const pieces: string[] = [];
  let copied = 0;
  let name = '';
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      ...IGNORE_ALL,
      onattribname: (start, end) => (name = html.slice(start, end).toLowerCase()),
      onattribdata(start, end) {
        if (!LINK_ATTRIBUTES.has(name)) return;
        const resolved = resolveUrl(decodeEntities(html.slice(start, end)), base);
        pieces.push(html.slice(copied, start), escapeHtml(resolved));
        copied = end;
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return pieces.join('') + html.slice(copied);
}

/** True for an attribute that holds one link. */
export function isLinkAttribute(name: string): boolean {
  return LINK_ATTRIBUTES.has(name);
}
