import { Tokenizer } from 'htmlparser2';
import { decodeEntities } from './decode-entities.ts';
import { escapeHtml } from './escape-html.ts';
import { IGNORE_ALL } from './ignore-all.ts';

const NAMES =
  'href src action background cite classid codebase data longdesc poster profile usemap formaction'.split(
    ' ',
  );
const LINK_ATTRIBUTES: ReadonlySet<string> = new Set(NAMES);
const SCHEME = String.raw`\s*[a-z][a-z0-9+.-]*:`;
const ABSOLUTE = new RegExp(`^${SCHEME}`, 'i');
/** Most texts have no relative link, and this shows it much faster than reading their tags. */
const RELATIVE = new RegExp(
  String.raw`\b(?:${NAMES.join('|')})\s*=\s*(?!["']${SCHEME}|${SCHEME})`,
  'i',
);

/** `reference` made absolute, or unchanged when it cannot be (RFC 3986, section 5). */
export function resolveUrl(reference: string, base: string | null): string {
  const text = reference.trim();
  const resolved = (base ? URL.parse(text, base) : null) ?? URL.parse(text);
  return resolved?.href ?? text;
}

/** HTML with the relative links in its attributes made absolute and everything else left as written. */
export function resolveLinks(html: string, base: string | null): string {
  if (!base || !RELATIVE.test(html)) return html;
  const pieces: string[] = [];
  let copied = 0;
  let name = '';
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      ...IGNORE_ALL,
      onattribname: (start, end) => (name = html.slice(start, end).toLowerCase()),
      onattribdata(start, end) {
        const written = html.slice(start, end);
        if (!LINK_ATTRIBUTES.has(name) || ABSOLUTE.test(written)) return;
        const resolved = resolveUrl(decodeEntities(written), base);
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
