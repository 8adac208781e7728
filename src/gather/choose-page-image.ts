import type { ArticleImage } from '../domain/article.ts';
import type { PageElement } from './remove-page-furniture.ts';
import { cleanText } from './sanitize-html.ts';
import { resolveUrl } from './resolve-links.ts';

const LEAST_WIDTH = 200;
const LEAST_HEIGHT = 100;
const MOST_ALT = 300;
/** The site's own picture, which it gives when an article has none. */
const STAND_IN = /logo|default|placeholder|fallback|avatar|icon|pixel|spacer/i;

/**
 * The picture of a page: the one it names for sharing, with the size it states there or where it shows it; else the first one
 * of the article that is large enough. Only ever a reference; null when there is none.
 */
export function choosePageImage(
  pageElements: Iterable<PageElement>,
  articleImages: Iterable<PageElement>,
  pageUrl: string,
): ArticleImage | null {
  const elements = [...pageElements];
  const shown = elements.filter(({ localName }) => localName === 'img');
  const images = shown.flatMap((element) => readImage(element, pageUrl) ?? []);
  const shared = readSharedImage(elements, pageUrl);
  const sized = images.find(({ url, width }) => url === shared?.url && width !== null);
  if (shared)
    return shared.width === null && sized ? { ...sized, alt: shared.alt || sized.alt } : shared;
  return (
    [...articleImages].flatMap((element) => readImage(element, pageUrl) ?? []).find(isLarge) ?? null
  );
}

function readSharedImage(elements: readonly PageElement[], pageUrl: string): ArticleImage | null {
  const read = (...names: readonly string[]): string => {
    const isNamed = (element: PageElement): boolean =>
      element.localName === 'meta' &&
      names.includes(element.getAttribute('property') ?? element.getAttribute('name') ?? '');
    return elements.find(isNamed)?.getAttribute('content') ?? '';
  };
  const url = toAddress(
    read('og:image', 'og:image:url', 'og:image:secure_url', 'twitter:image'),
    pageUrl,
  );
  if (url === null) return null;
  const alt = cleanText(read('og:image:alt', 'twitter:image:alt')).slice(0, MOST_ALT);
  return { url, ...readSize(read('og:image:width'), read('og:image:height')), alt };
}

function readImage(element: PageElement, pageUrl: string): ArticleImage | null {
  const read = (name: string): string => element.getAttribute(name) ?? '';
  const url = toAddress(read('src') || read('data-src'), pageUrl);
  if (url === null) return null;
  const alt = cleanText(read('alt')).slice(0, MOST_ALT);
  return { url, ...readSize(read('width'), read('height')), alt };
}

function readSize(width: string, height: string): Pick<ArticleImage, 'width' | 'height'> {
  const [wide, high] = [width, height].map((text) => /^\s*(\d{1,5})(?:px)?\s*$/.exec(text)?.[1]);
  if (!Number(wide) || !Number(high)) return { width: null, height: null };
  return { width: Number(wide), height: Number(high) };
}

function toAddress(reference: string, pageUrl: string): string | null {
  const url = resolveUrl(reference, pageUrl);
  if (reference.trim() === '' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return STAND_IN.test(new URL(url).pathname) ? null : url;
}

function isLarge({ width, height }: ArticleImage): boolean {
  return width !== null && height !== null && width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
}
