import type { Candidate } from '../domain/article.ts';

const KICKER =
  /^(?:live|breaking(?: news)?|exclusive|watch(?: live)?|video|update[ds]?(?: \d+)?|developing|just in|photos|pictures|alert|listen|urgent|eilmeldung|en direct|vidéo|última hora|en vivo)(?:\s*[:|]|\s+[–—-])\s+/iu;
const TAIL =
  /(?:\s*[[(](?:video|photos?|updated?|live|watch)[\])]|\s+[–—|-]\s+(?:live(?: updates?)?|as it happened|video|in pictures))$/iu;
const PUBLISHER =
  /\b(?:news|times|post|journal|herald|tribune|gazette|telegraph|guardian|mail|press|magazine|online|tv|radio|reuters|bbc|cnn|nbc|cbs|abc|npr|bloomberg|politico|axios|wired)\b|\.(?:com|org|net|co\.uk)$/i;

/** The titles of articles without their outlets' names and what is about the page and not about the event ("LIVE:", "[Video]"), in order; '' for none. */
export function cleanTitles(articles: readonly Candidate[]): readonly string[] {
  const outlets = new Set(articles.map(({ outlet }) => simplifyName(outlet.name)));
  return articles.map(({ title }) => cleanTitle(title, outlets));
}

/** Takes away what is about the page and not about the event, as often as there is some. */
function cleanTitle(title: string, outlets: ReadonlySet<string>): string {
  const clean = cutOutlet(title.trim(), outlets).replace(KICKER, '').replace(TAIL, '').trim();
  const isChanged = clean !== title.trim() && clean !== '';
  return isChanged ? cleanTitle(clean, outlets) : title.trim();
}

/** "Storm hits coast - The Daily Globe" and "Storm hits coast | News" lose their last part; so does "The Daily Globe: Storm hits coast" its first. */
function cutOutlet(title: string, outlets: ReadonlySet<string>): string {
  const end = /^(.{15,}?)\s+([|–—-])\s+([^|–—]{2,40})$/u.exec(title);
  if (end?.[1] !== undefined && isOutlet(end[3] ?? '', end[2] ?? '', outlets)) return end[1];
  const start = /^([^:|]{2,40})\s*[:|]\s+(.{15,})$/u.exec(title);
  if (start?.[2] !== undefined && outlets.has(simplifyName(start[1] ?? ''))) return start[2];
  return title;
}

function isOutlet(part: string, separator: string, outlets: ReadonlySet<string>): boolean {
  if (outlets.has(simplifyName(part))) return true;
  const isShort = part.split(' ').length <= 4;
  return isShort && /^\p{Lu}|\./u.test(part) && (separator === '|' || PUBLISHER.test(part));
}

function simplifyName(name: string): string {
  return name.toLowerCase().replace(/^the\s+|\.(?:com|org|net|co\.uk)$|[^\p{L}\p{N}]/gu, '');
}
