import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** How a mail is looked at. */
export interface View {
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  /** False where the mail program loads none. */
  readonly hasPictures?: boolean;
}

/** Stands in for every picture: nothing leaves this machine. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1072 603" width="1072" height="603"><linearGradient id="s" x2="0" y2="1"><stop stop-color="#e9c9a5"/><stop offset="1" stop-color="#7e93a8"/></linearGradient><path fill="url(#s)" d="M0 0h1072v603H0z"/><circle cx="760" cy="250" r="60" fill="#fbeedd"/><path fill="#3d5468" d="M0 380q268-60 536-10t536-20v253H0z"/><path fill="#22384a" d="M0 460q268-40 536 0t536-6v149H0z"/></svg>`;

/** Opens a mail in a page of its own; close it with `page.context().close()`. */
export async function openMail(browser: Browser, html: string, view: View): Promise<Page> {
  const { width, scheme = 'light', hasPictures = true } = view;
  const options: BrowserContextOptions = { viewport: { width, height: 800 }, colorScheme: scheme };
  const context = await browser.newContext(options);
  await context.route(/^https:/, (route) =>
    hasPictures
      ? route.fulfill({ contentType: 'image/svg+xml', body: PICTURE })
      : route.abort('blockedbyclient'),
  );
  const page = await context.newPage();
  await page.setContent(html, { waitUntil: 'load' });
  return page;
}
