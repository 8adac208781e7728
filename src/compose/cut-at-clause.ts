/** What happens in headlines; after "and" or "as" they begin a clause of its own. */
const VERB =
  '(?:keep|drop|swap|cut|drive|force|leave|close|send|raise|kill|injure|free|vow|promise|warn|seek|call|urge|end|open|win|lose|hit|take|make|get|set|put|rise|fall|spread|carry|rattle|go|reach|climb|grow|empty|fade|outweigh|run|face|break|sweep|batter|flee|fight|block|reject|approve|pass|join|return|begin|start|stop|strike|search|dig|mount|loom|ease|slow|surge|jump|slip|soar|plunge|tumble|wait|pull|rescue|hand|give|bring|push|pour|turn|move|meet|vote|quit|step|threaten|demand|continue)(?:e?s|ies)?';

/** Where a clause may end without turning what is left into another claim; a bare comma is no such place. */
const BOUNDARY = new RegExp(
  [
    ';\\s*|:\\s(?=(?:how|why|what|who|inside|wie|warum|pourquoi|comment|cómo|por qué)\\b)',
    '\\s[–—]\\s',
    ',\\s(?=(?:as|after|while|amid|following|which|who|where|when|before|with|despite|because|including|nachdem|während|obwohl|après|tandis que|alors que|tras|mientras|después de)(?!\\p{L}))',
    ',\\s(?=(?:killing|injuring|leaving|forcing|sparking|prompting|causing|cutting|ending|raising|trapping|closing|bringing|making)\\b)',
    '\\s(?=(?:amid|following|while|after|tras|après)\\s)',
    ',\\s(?=(?:the|its|their|his|her)\\s(?:first|second|third|oldest|youngest|largest|biggest|longest|highest|lowest|worst|deadliest|costliest|closest|most|latest)(?!\\p{L}))',
    `\\s(?=and\\s${VERB}\\s)`,
    `\\s(?=as(?:\\s[\\p{L}\\d’'-]{1,30}){1,4}?\\s${VERB}\\s)`,
  ].join('|'),
  'giu',
);

/** Words that take the claim before them back or lay it at someone's door: never cut off. */
const QUALIFIER =
  /(?<!\p{L})(?:says?|said|according|reports?|reported(?:ly)?|claims?|claimed|alleged(?:ly)?|accus\p{L}+|suspected|warns?|warned|told|sources?|may|might|could|would|unless|until|if|not|no|never|without|denies|denied|denying|but|however|only|laut|zufolge|angeblich|offenbar|mutmaßlich\p{L}*|soll(?:en)?|könnten?|sagte?n?|nicht|kein\p{L}*|aber|selon|d[’']après|aurai(?:t|ent)|pourrai(?:t|ent)|présumée?s?|affirmen?t?|dit|pas|mais|sans|según|dice[n]?|dijo|presunt[oa]s?|podrían?|habrían?|asegura[n]?|sin|pero)(?!\p{L})/iu;

/** "Only after", "days after", "named after": what follows belongs to it. */
const BOUND_TO_WHAT_FOLLOWS =
  /(?:^|\s)(?:only|not|just|hours?|minutes?|days?|weeks?|months?|years?|soon|shortly|long|even|ever|right|straight|immediately|moments?|named|look(?:s|ed|ing)?|until|and|or|the|a|of|to|for|in|on|by|sólo|solo|poco|peu|juste|seulement)$/iu;

const LEAST_WORDS = 4;

/** The longest beginning of a text that ends where a clause ends and `fits`; null when there is none. */
export function cutAtClause(text: string, fits: (cut: string) => boolean): string | null {
  const cuts = [...text.matchAll(BOUNDARY)]
    .map(({ index }) => ({ kept: text.slice(0, index).trim(), lost: text.slice(index) }))
    .filter(({ kept, lost }) => isClause(kept) && !QUALIFIER.test(lost) && fits(kept));
  return cuts.at(-1)?.kept ?? null;
}

function isClause(text: string): boolean {
  const quotes = text.match(/["“”„«»]/g)?.length ?? 0;
  const isAside = (text.match(/\s[–—]\s/g)?.length ?? 0) % 2 === 1;
  const isOpen =
    BOUND_TO_WHAT_FOLLOWS.test(text) || /(?:^|\s)(?:between|both|either)\s/i.test(text);
  return text.split(' ').length >= LEAST_WORDS && quotes % 2 === 0 && !isAside && !isOpen;
}
