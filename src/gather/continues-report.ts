const QUOTE_START = /^["“„«»'‘]/;

/** Words a report opens its second or a later paragraph with, never its first. */
const FOLLOW_UPS: readonly RegExp[] = [
  /^(?:Also|Although|Both|But|He|Her|His|However|In addition|It|Its|Later|She|Still|That|Their|These|They|This|Those|Yet)[ ,]/,
  /^The (?:announcement|comments?|decision|figures|findings|incident|latter|measures?|move|news|pair|plans?|proposals?|remarks|ruling|statement|two)(?! (?:at|by|from|in|of|on|that|to)) /,
  /^(?:Allerdings|Auch|Außerdem|Damit|Dennoch|Dies|Diese[rs]?|Doch|Er|Ihre?|Seine?|Sie|Zudem|Zuvor)[ ,]/,
  /^(?:Ce|Cela|Ces|Cette|Cependant|De plus|Elles?|Ils?|Leurs?|Mais|Selon lui|Selon elle|Son|Toutefois)[ ,]/,
  /^(?:Además|Él|Ella|Ellas|Ellos|Esta|Este|Esto|Pero|Según él|Sin embargo|También)[ ,]/,
  /^(?:Ancak|Ayrıca|Bu|Bunun|Buna|O|Onun|Öte yandan)[ ,]/,
  /^(?:Bundan|Bununla|Buna|Həmçinin|Lakin|O|Onun)[ ,]/,
  /^.{2,60}? (?:added (?:that|in)|also (?:added|confirmed|denied|said|told)|a ajouté|añadió|fügte hinzu)\b/,
];

/** True for a paragraph that only makes sense after the one before: it opens with "He", "The announcement", a quotation, or "… added that". */
export function continuesReport(paragraph: string): boolean {
  const start = paragraph.slice(0, 120);
  return QUOTE_START.test(start) || FOLLOW_UPS.some((pattern) => pattern.test(start));
}

/** True for a paragraph that could open a report: not a short one, and it names at least two people, places or things. */
export function opensReport(paragraph: string): boolean {
  if (continuesReport(paragraph)) return false;
  const start = paragraph.slice(0, 600);
  const words = start.split(' ').length;
  const names = start.match(/(?<!\p{L})\p{Lu}[\p{L}'’-]{2,}/gu)?.length ?? 0;
  return words >= 10 && names >= 2;
}
