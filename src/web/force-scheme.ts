import type { PreviewChoices } from './preview-choices.ts';

/** A mail as it looks where people prefer light or dark colours, whatever this browser prefers; `auto` leaves it byte for byte. */
export function forceScheme(html: string, scheme: PreviewChoices['scheme']): string {
  if (scheme === 'auto') return html;
  const always = 'min-width: 0';
  return html
    .replace(/\(prefers-color-scheme:\s*(light|dark)\)/g, (_, preferred: string) =>
      preferred === scheme ? `(${always})` : `(not (${always}))`,
    )
    .replace(/(color-scheme(?::|" content=")\s*)light dark/g, `$1${scheme}`);
}
