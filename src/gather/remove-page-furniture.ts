/** As much of an element of a page as we ask for. */
export interface PageElement {
  readonly localName: string;
  readonly innerHTML: string;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  remove(): void;
}

const NEVER_TEXT =
  'figcaption, aside, nav, button, dialog, [role=dialog], [role=alertdialog], [aria-modal=true], [aria-hidden=true]';
/** Class names and ids of what stands around an article. */
const FURNITURE =
  /(?:^|[-_\s])(?:cookies?|consent|gdpr|onetrust|newsletters?|subscribe|related|relatedposts|recommended|share|sharing|sharedaddy|social|comments?|author|byline|bio|paywall|promo|advert|advertisement|ads?|teaser|breadcrumbs?|tags)(?:$|[-_\s])/i;
/** No furniture has the heading or the body of the article in it. */
const ARTICLE = 'h1, article, main';
/** Or so much of its text. */
const MOST_SHARE = 0.3;
const LINK_SHARE = 0.8;

/** Takes out of a page what its article is not: captions, dialogs, menus, share bars, notices, teasers, comments. */
export function removePageFurniture(document: PageElement): void {
  for (const element of document.querySelectorAll(NEVER_TEXT))
    if (!holdsArticle(element)) element.remove();
  const body = document.querySelector('body');
  const most = measureText(body) * MOST_SHARE;
  for (const element of body?.querySelectorAll('[class], [id]') ?? []) {
    const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
    if (FURNITURE.test(names) && !holdsArticle(element) && measureText(element) <= most)
      element.remove();
  }
}

/** Takes out of an article its headings, and the lines that are nothing but links. */
export function removeHeadingsAndLinks(article: PageElement): void {
  for (const element of article.querySelectorAll('h1, h2, h3, h4, h5, h6')) element.remove();
  for (const element of article.querySelectorAll('li, p')) {
    const links = [...element.querySelectorAll('a')].map(measureText);
    const linked = links.reduce((sum, length) => sum + length, 0);
    if (linked > measureText(element) * LINK_SHARE) element.remove();
  }
}

function holdsArticle(element: PageElement): boolean {
  const isArticle = /^(?:html|body|main|article)$/.test(element.localName);
  return isArticle || element.querySelector(ARTICLE) !== null;
}

function measureText(element: PageElement | null): number {
  return element?.textContent?.trim().length ?? 0;
}
