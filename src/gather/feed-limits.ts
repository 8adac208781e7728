/** Bytes of a document that are read; the rest is as if it had been cut off. */
export const MOST_BYTES = 12_000_000;
export const MOST_ENTRIES = 2_000;
/** Elements, attributes and stretches of text of a document, together. */
export const MOST_PIECES = 300_000;
/** Characters of one stretch of text, which no article has. */
export const MOST_TEXT = 2_000_000;
