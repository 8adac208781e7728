/** Columns whose every number carries nearly the same title. */
const SERIES = /\b(?:wordle|quordle|crossword|sudoku|horoscopes?|word of the day)\b/i;

const PHRASES =
  /\b(?:live (?:updates?|blog|coverage)|as it happened|breaking news|latest news|(?:the )?(?:morning|evening|daily|weekend|world|news|business|market) (?:briefing|brief|digest|roundup|round-up|wrap|bulletin|update|newsletter|report)|(?:news|today|week|world|business) in (?:brief|pictures|photos)|(?:\w+ )?things to know (?:today|this (?:morning|week))|photos? of the (?:day|week)|letters to the editor|corrections and clarifications|top stories|today's headlines|live)\b/gi;

/** What is longer is no title; its beginning will do. */
const MOST_CHARACTERS = 300;

/** A title without the words that say what kind of page it is ("Live updates"), the outlet's mark at its end included; '' when nothing else is left. */
export function removeBoilerplate(title: string): string {
  if (SERIES.test(title)) return '';
  const bare = title
    .slice(0, MOST_CHARACTERS)
    .replace(/\s+\|[^|]*$/, '')
    .replace(/’/g, "'")
    .replace(PHRASES, ' ');
  return isOnlyDate(bare) ? '' : bare;
}

/** "Morning briefing: Friday, 3 May" says no more than "Morning briefing". */
function isOnlyDate(text: string): boolean {
  const rest = text.replace(
    /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|today|the|for|of|on|your|our)\b/gi,
    ' ',
  );
  return !/\p{L}{2}/u.test(rest);
}
