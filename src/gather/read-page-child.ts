import { decodeBytes } from './decode-bytes.ts';
import type { FetchedPage } from './fetch-page.ts';
import { readPage, type PageOwner } from './read-page.ts';

/** What openPageReader sends to its child. */
export interface PageTask {
  readonly page: FetchedPage;
  readonly owner: PageOwner;
}

process.on('message', ({ page, owner }: PageTask) => {
  const { text } = decodeBytes(page.bytes, page.contentType);
  process.send?.({ article: readPage(text, page.url, owner) });
});
