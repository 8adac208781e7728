import type { Page } from 'playwright-core';

/** Texts with less contrast to what is behind them than `least`, with their colours. */
export async function findFaintTexts(page: Page, least: number): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`(${String(listFaint)})(${String(least)})`);
}

/** Runs in the page: the colour of each text against the nearest ground that is painted behind it. */
function listFaint(least: number): string[] {
  /* eslint-disable -- runs in the browser, where the types of this program are unknown */
  const w = globalThis as any;
  const parse = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (rgb: number[]) => {
    const [r, g, b] = rgb.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found: string[] = [];
  const walker = w.document.createTreeWalker(w.document.body, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.trim();
    const element = node.parentElement;
    if (!/[\p{L}\p{N}]/u.test(words) || !element.checkVisibility()) continue;
    let behind = element;
    while (behind && parse(w.getComputedStyle(behind).backgroundColor)[3] === 0)
      behind = behind.parentElement;
    const ground = behind ? parse(w.getComputedStyle(behind).backgroundColor) : [255, 255, 255];
    const [a, b] = [light(parse(w.getComputedStyle(element).color)), light(ground)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least) found.push(`${contrast.toFixed(1)}: ${words.slice(0, 40)}`);
  }
  return found;
  /* eslint-enable */
}

/** The names of all headings in the order of the page. */
export async function listHeadings(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(
    '[...document.querySelectorAll("h1,h2,h3,h4")].map((heading) => heading.tagName)',
  );
}

/** Blocks of text that stand above what is read before them. */
export async function listMisplaced(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`(() => {
    const blocks = [...document.querySelectorAll('h1, h2, h3, p, img')].filter((block) => block.checkVisibility());
    const tops = blocks.map((block) => block.getBoundingClientRect().top);
    return blocks.filter((_, place) => place > 0 && tops[place] < tops[place - 1]).map((block) => block.textContent);
  })()`);
}

/** Links that match `selector` and are lower than `least` pixels, the line they stand in included. */
export async function listSmallTargets(
  page: Page,
  selector: string,
  least: number,
): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll('${selector}')]
    .filter((link) => {
      const style = getComputedStyle(link);
      const isBlock = style.display !== 'inline';
      return (isBlock ? link.getBoundingClientRect().height : parseFloat(style.lineHeight)) < ${String(least)};
    })
    .map((link) => link.textContent)`);
}

/** Pixels by which a mail is wider than its window. */
export async function measureOverflow(page: Page): Promise<number> {
  return await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/** Relative luminance (WCAG 2) of the ground and of the strongest text in what is painted of the headline of the big story. */
export async function measureLights(page: Page): Promise<{ ground: number; text: number }> {
  const picture = await page.locator('h3').first().screenshot();
  return await page.evaluate<{ ground: number; text: number }>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    const part = (value) => value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const lights = [];
    for (let at = 0; at < data.length; at += 4)
      lights.push(0.2126 * part(data[at]) + 0.7152 * part(data[at + 1]) + 0.0722 * part(data[at + 2]));
    lights.sort((a, b) => a - b);
    const middle = lights[Math.floor(lights.length / 2)];
    const last = lights[lights.length - 1];
    return { ground: middle, text: Math.abs(last - middle) > Math.abs(lights[0] - middle) ? last : lights[0] };
  })()`);
}
