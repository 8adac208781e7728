import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { ArticleImage } from '../domain/article.ts';
import { choosePageImage } from './choose-page-image.ts';
import { cutAtSentence } from './cut-text.ts';
import { detectLanguage } from './detect-language.ts';
import { isTextAbout } from './is-text-about.ts';
import {
  removeHeadingsAndLinks,
  removePageFurniture,
  type PageElement,
} from './remove-page-furniture.ts';
import { stripDateline } from './strip-dateline.ts';
import { stripSilentParts } from './strip-silent-parts.ts';
import { listParagraphs } from './trim-entry-text.ts';

/** What a feed said of an article whose page is read. */
export interface PageOwner {
  readonly title: string;
  readonly outlet: string;
}

/** The article on a web page, all plain text. */
export interface PageArticle {
  /** At most 600 characters, its beginning. */
  readonly summary: string;
  /** At most 20,000 characters. */
  readonly text: string;
  readonly language: string | null;
  readonly image: ArticleImage | null;
}

/** Its own types need those of a browser. */
const Reader = Readability as unknown as new (
  document: PageElement,
  options: {
    disableJSONLD: boolean;
    maxElemsToParse: number;
    serializer: (element: PageElement) => PageElement;
  },
) => { parse(): { content: PageElement | null } | null };

const MOST_ELEMENTS = 20_000;
const MOST_TEXT = 20_000;
const MOST_SUMMARY = 600;
/** Shorter texts than the one we have in mind are notices, not articles. */
const LEAST_TEXT = 200;
const MOST_HTML = 400_000;
/** A line that ends otherwise is a label, a credit or a link. */
const SENTENCE_END = /[.!?…。！？؟۔।]["'“”‘’»«)\]]*$/u;

/**
 * The article a web page is about, without menus, share bars and notices; null when none is found, or another one than `owner` says.
 * May take long on a hostile page: see openPageReader.
 */
export function readPage(html: string, pageUrl: string, owner: PageOwner): PageArticle | null {
  const stripped = stripSilentParts(html);
  if (stripped === null || stripped.trim() === '') return null;
  const { document } = parseHTML(completePage(stripped)) as unknown as { document: PageElement };
  const found = [...document.querySelectorAll('meta[property], meta[name], img')];
  removePageFurniture(document);
  const body = findBody(document);
  if (!body) return null;
  const image = choosePageImage(found, body.querySelectorAll('img'), pageUrl);
  removeHeadingsAndLinks(body);
  const paragraphs = listParagraphs(body.innerHTML.slice(0, MOST_HTML), owner);
  const sentences = paragraphs.filter((paragraph) => SENTENCE_END.test(paragraph)).join(' ');
  const text = cutAtSentence(stripDateline(sentences), MOST_TEXT);
  if (text.length < LEAST_TEXT || !isTextAbout(text, owner.title)) return null;
  const language = detectLanguage(text);
  return { summary: cutAtSentence(text, MOST_SUMMARY), text, language, image };
}

/** Without a body there is nothing to read, and some pages have none. */
function completePage(html: string): string {
  if (/<body[\s>]/i.test(html)) return html;
  return `<html><body>${html.replace(/<(?:!doctype|\/?html|\/?head)\b[^>]*>/gi, '')}</body></html>`;
}

function findBody(document: PageElement): PageElement | null {
  const options = {
    disableJSONLD: true,
    maxElemsToParse: MOST_ELEMENTS,
    serializer: (element: PageElement) => element,
  };
  try {
    return new Reader(document, options).parse()?.content ?? null;
  } catch {
    return null;
  }
}
