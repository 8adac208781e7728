const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** `text` up to the last sentence end within `length` characters; up to the last word, with an ellipsis, when no sentence fits. */
export function cutAtSentence(text: string, length: number): string {
  if (text.length <= length) return text;
  const piece = text.slice(0, length + 1);
  const last = [...sentences.segment(piece)].at(-1);
  const whole = piece.slice(0, last?.index ?? 0).trim();
  if (whole !== '') return whole;
  const words = text.slice(0, length - 1).replace(/\s+\S*$/u, '');
  return `${words.toWellFormed().replace(/\uFFFD$/, '')}…`;
}

/** The first sentence of `text`, at most `length` characters. */
export function cutFirstSentence(text: string, length: number): string {
  const [first] = sentences.segment(text.slice(0, 2 * length));
  return cutAtSentence(first?.segment.trim() ?? '', length);
}
