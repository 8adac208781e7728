/** Where a clause may end without turning what is left into another claim; a bare comma is no such place. */
const BOUNDARY =
  /(?:;|\s[–—]|,\s(?=(?:as|after|while|amid|following|which|who|where|when|before|with|despite|because|including)\b))\s*|\s(?=(?:amid|following|while)\s)/gi;

/** Words that take the claim before them back or lay it at someone's door: never cut off. */
const QUALIFIER =
  /\b(?:says?|said|according|reports?|reported|claims?|claimed|alleged(?:ly)?|warns?|warned|told|sources?|may|might|could|unless|until|if|not|no|never|denies|denied|but|however)\b/i;

const LEAST_WORDS = 4;

/** The longest beginning of a text that ends where a clause ends and `fits`; null when there is none. */
export function cutAtClause(text: string, fits: (cut: string) => boolean): string | null {
  const cuts = [...text.matchAll(BOUNDARY)]
    .map(({ index }) => ({ kept: text.slice(0, index).trim(), lost: text.slice(index) }))
    .filter(({ kept, lost }) => isClause(kept) && !QUALIFIER.test(lost) && fits(kept));
  return cuts.at(-1)?.kept ?? null;
}

function isClause(text: string): boolean {
  const quotes = text.match(/["“”]/g)?.length ?? 0;
  const isAside = (text.match(/\s[–—]\s/g)?.length ?? 0) % 2 === 1;
  return text.split(' ').length >= LEAST_WORDS && quotes % 2 === 0 && !isAside;
}
