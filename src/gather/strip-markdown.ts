import { decodeEntities } from './decode-entities.ts';

const IMAGE = /!\[[^[\]]*\]\([^()]*\)/g;
const LINK = /\[([^[\]]*)\]\([^()]*\)/g;
const REFERENCE = /\[([^[\]]+)\]\[[^[\]]*\]/g;
const LONE_LINK = /^\[[^[\]]+\]\(\s*<?(https?:\/\/[^\s()<>]+)>?[^()]*\)$/i;
const STRONG =
  /(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3}|~~|`)(?=\S)([^*_`~]+)(?<=\S)\1(?![\p{L}\p{N}*_])/gu;
const TAG = /<\/?(?:a|b|blockquote|br|div|em|h[1-6]|hr|i|img|li|ol|p|span|strong|u|ul)\b[^<>]*>/gi;

/** One line of Markdown as plain text: no markup, no entities, white space collapsed. */
export function stripMarkdown(line: string): string {
  const bare = line
    .replace(IMAGE, ' ')
    .replace(LINK, '$1')
    .replace(REFERENCE, '$1')
    .replace(TAG, ' ')
    .replace(STRONG, '$2');
  return decodeEntities(bare).normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** The address of a line that is one link and nothing else; null for any other line. */
export function readLoneLink(line: string): string | null {
  const url = LONE_LINK.exec(line.replace(/^[*_]+|[*_]+$/g, ''))?.[1];
  return url && URL.canParse(url) ? url : null;
}
