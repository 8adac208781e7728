import type { EditorWish, Outlet } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import { canonicalizeUrl } from './canonicalize-url.ts';
import { nameOutlet } from './name-outlet.ts';
import { parseDate } from './parse-date.ts';

/** What stands above a text about it; null for what does not. */
export interface FrontMatter {
  readonly title: string | null;
  readonly outlet: Outlet | null;
  readonly date: Instant | null;
  readonly language: string | null;
  readonly url: string | null;
  /** What its writer asks for with `theme`, `pin` and `opening`. */
  readonly wish: EditorWish | null;
}

const NO_ENTRY = { url: null, source: null };
const FENCED = /^\s*---[ \t]*\n([\s\S]{0,4000}?)\n---[ \t]*(?:\n|$)/;
const KNOWN_LINE = /^(?:title|outlet|date|language|url|theme|pin|opening)[ \t]*:/i;
const FIELD_LINE = /^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)$/;

/** The `key: value` lines above a text (between `---` fences, or bare when the first key is one we know) and the text below them. */
export function readFrontMatter(page: string): { matter: FrontMatter; rest: string } {
  const fenced = FENCED.exec(page);
  const fields = readFields(fenced?.[1]?.split('\n') ?? []);
  if (fenced && fields.size > 0)
    return { matter: parseFields(fields), rest: page.slice(fenced[0].length) };
  const lines = page.trimStart().split('\n');
  const end = lines.findIndex((line) => !KNOWN_LINE.test(line));
  const count = end < 0 ? lines.length : end;
  return {
    matter: parseFields(readFields(lines.slice(0, count))),
    rest: lines.slice(count).join('\n'),
  };
}

function readFields(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = FIELD_LINE.exec(line.trim()) ?? [];
    const bare = value?.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (key && bare) fields.set(key.toLowerCase(), bare);
  }
  return fields;
}

function parseFields(fields: ReadonlyMap<string, string>): FrontMatter {
  const outlet = fields.get('outlet') ?? null;
  const language = /^[a-z]{2,3}(?=$|[-_])/i.exec(fields.get('language') ?? '')?.[0];
  return {
    title: fields.get('title') ?? null,
    outlet: outlet === null ? null : nameOutlet(NO_ENTRY, { url: '', siteUrl: null, outlet }),
    date: parseDate(fields.get('date') ?? ''),
    language: language?.toLowerCase() ?? null,
    url: canonicalizeUrl(fields.get('url') ?? ''),
    wish: parseWish(fields),
  };
}

function parseWish(fields: ReadonlyMap<string, string>): EditorWish | null {
  const theme = fields.get('theme') ?? null;
  const [isPinned, isOpening] = [isTrue(fields.get('pin')), isTrue(fields.get('opening'))];
  if (theme === null && !isPinned && !isOpening) return null;
  return { theme, isPinned, ...(isOpening ? { isOpening } : {}) };
}

function isTrue(value = ''): boolean {
  return /^(?:true|yes|on|1)$/i.test(value);
}
