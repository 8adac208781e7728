const MOST_WORDS = 3;

/** The names of sections in the path of an article's or a feed's URL: "business" and "your money" of /business/your-money/2026/saving-rates-are-up.html. */
export function listSections(url: string | null): readonly string[] {
  if (url === null || !URL.canParse(url)) return [];
  return new URL(url).pathname
    .split('/')
    .map((segment) => segment.replace(/\.\w+$/, '').replace(/[-_+]+/g, ' '))
    .filter((name) => /^\p{L}/u.test(name) && !/\d/.test(name))
    .filter((name) => name.split(' ').length <= MOST_WORDS);
}
