import type { Page } from 'playwright-core';

/**
 * How a mail is laid out, a line for each block, without what a machine's fonts change: where a block begins and how wide it
 * is, how its text is aligned and set. Pixels would differ on every machine; these do not, and a difference names its block.
 */
export async function measureShape(page: Page): Promise<string> {
  const blocks = await page.evaluate<string[]>(`
    [...document.querySelectorAll('h1, h2, h3, p, img, [role=img] table, a.btn')]
      .filter((block) => block.checkVisibility())
      .map((block) => {
        const style = getComputedStyle(block);
        const box = block.getBoundingClientRect();
        const place = block.matches('a.btn') ? '' : Math.round(box.left) + '+' + Math.round(box.width);
        const rules = style.borderTopWidth + ' ' + style.borderBottomWidth;
        return [block.tagName.toLowerCase(), place, style.fontSize + '/' + style.lineHeight, style.fontWeight,
          style.marginTop, rules, style.textAlign.replace('-webkit-', ''), style.direction, style.color].join(' ');
      })`);
  return `${blocks.join('\n')}\n`;
}
