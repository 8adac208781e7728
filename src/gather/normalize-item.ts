import type { Article, EditorWish, Outlet } from '../domain/article.ts';
import type { Instant } from '../domain/instant.ts';
import { canonicalizeUrl } from './canonicalize-url.ts';
import { chooseTitle, dropFinalStop, limitTitle } from './choose-title.ts';
import { cutAtSentence } from './cut-text.ts';
import { detectLanguage } from './detect-language.ts';
import { keyText } from './key-text.ts';
import { isComplete, splitSentences } from './split-sentences.ts';
import { stripDateline } from './strip-dateline.ts';
import type { WireItem } from './wire-block.ts';

/** What holds for every item of a page. */
export interface WirePage {
  readonly outlet: Outlet;
  readonly publishedAt: Instant;
  readonly isDateGuessed: boolean;
  /** Language its writer stated; null leaves it to each item. */
  readonly language: string | null;
  /** Language of the page as a whole, for an item too short to tell. */
  readonly mainLanguage: string | null;
  readonly url: string | null;
  /** What its writer asks for; null for nothing. */
  readonly wish: EditorWish | null;
}

const LONGEST_TEXT = 20_000;
const LONGEST_SUMMARY = 600;
const MOST_SENTENCES = 3;
/** Enough of an item to find a summary in. */
const SUMMARY_SOURCE = 5_000;

/** An item of a page as an article. */
export function normalizeItem(item: WireItem, page: WirePage): Article {
  const { outlet, publishedAt, isDateGuessed } = page;
  const body = item.bodies.map((block) => block.text).join(' ');
  const title = nameItem(item);
  const url = canonicalizeUrl(item.title?.url ?? item.bodies[0]?.url ?? '');
  return {
    key: url ?? keyText(outlet.key, `${title} ${body}`),
    url: url ?? page.url,
    title,
    summary: chooseSummary(item, title),
    text: cutAtSentence(body, LONGEST_TEXT),
    outlet,
    language: page.language ?? detectLanguage(`${title}. ${body}`) ?? page.mainLanguage,
    publishedAt,
    isDateGuessed,
    image: null,
    categories: item.label ? [item.label] : [],
    ...(page.wish ? { wish: page.wish } : {}),
  };
}

function nameItem({ title, bodies }: WireItem): string {
  if (title) return limitTitle(dropFinalStop(title.text));
  const whole = bodies.find((block) => block.role === 'body') ?? bodies[0];
  return chooseTitle(whole?.text ?? '');
}

/** The first finished sentences that the title does not already say; a cut-off piece only where there is nothing else. */
function chooseSummary({ title: headline, bodies }: WireItem, title: string): string {
  const sentences = bodies
    .slice(0, MOST_SENTENCES)
    .flatMap((block) => splitSentences(stripDateline(block.text.slice(0, SUMMARY_SOURCE))));
  const finished = sentences.filter(
    (sentence) => isComplete(sentence) && dropFinalStop(sentence) !== title,
  );
  const chosen: string[] = [];
  for (const sentence of finished.slice(0, MOST_SENTENCES)) {
    if (chosen.join(' ').length + sentence.length > LONGEST_SUMMARY) break;
    chosen.push(sentence);
  }
  const fallback = finished[0] ?? (headline ? sentences[0] : undefined) ?? '';
  return chosen.join(' ') || cutAtSentence(fallback, LONGEST_SUMMARY);
}
