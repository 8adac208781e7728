import { createHash } from 'node:crypto';

/** The key of an article without a URL: `text:<sha256>` over its outlet and its letters and digits, so that spacing, case and punctuation do not make a second article. */
export function keyText(outletKey: string, text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const hash = createHash('sha256')
    .update(`${outletKey}\n${words.join(' ')}`)
    .digest('hex');
  return `text:${hash}`;
}
