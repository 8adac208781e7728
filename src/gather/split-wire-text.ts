import type { Article, Outlet } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import { cleanPage } from './clean-page.ts';
import { detectLanguage } from './detect-language.ts';
import { groupBlocks } from './group-blocks.ts';
import { joinTruncated } from './join-truncated.ts';
import { normalizeItem } from './normalize-item.ts';
import { readFrontMatter } from './read-front-matter.ts';
import { splitParagraphs, type Paragraph } from './split-paragraphs.ts';
import { isComplete, isCutOff, splitSentences } from './split-sentences.ts';
import { trimBoilerplate } from './trim-boilerplate.ts';
import type { WireBlock } from './wire-block.ts';

const LONGEST_HEADLINE = 140;

/**
 * The articles of a page of news in plain text or Markdown, as one would paste or save it: one for each event, in the order of the page,
 * in the page's own words. Front matter (`title`, `outlet`, `date`, `language`, `url`, `theme`, `pin`, `opening`) goes before what the caller knows.
 */
export function splitWireText(
  text: string,
  context: { readonly outlet: Outlet; readonly arrivedAt: Instant },
): readonly Article[] {
  const { matter, rest } = readFrontMatter(cleanPage(text));
  const paragraphs = splitParagraphs(rest);
  const hasHeadings = paragraphs.filter((paragraph) => paragraph.level > 0).length > 1;
  const title = matter.title && !hasHeadings ? splitParagraphs(matter.title) : [];
  const blocks = [...title, ...paragraphs].flatMap(classifyParagraph);
  const items = joinTruncated(groupBlocks(blocks));
  const page = {
    outlet: matter.outlet ?? context.outlet,
    publishedAt: matter.date ?? context.arrivedAt,
    isDateGuessed: matter.date === null,
    language: matter.language,
    mainLanguage: detectLanguage(blocks.map((block) => block.text).join('\n')),
    url: matter.url,
    wish: matter.wish,
  };
  return items.map((item) => normalizeItem(item, page));
}

function classifyParagraph(paragraph: Paragraph): readonly WireBlock[] {
  const text = trimBoilerplate(paragraph.text);
  return text === '' ? [] : [{ ...paragraph, text, role: chooseRole(text, paragraph.level) }];
}

function chooseRole(text: string, level: number): WireBlock['role'] {
  if (level > 0) return 'headline';
  if (splitSentences(text).some(isComplete)) return 'body';
  const readsOn = isCutOff(text) || /[,;:–—-]$/.test(text) || /^\p{Ll}/u.test(text);
  return readsOn || text.length > LONGEST_HEADLINE ? 'fragment' : 'headline';
}
