/** How a message is looked at; all of it stands in the address of the page. */
export interface PreviewChoices {
  /** A subscriber's address, or empty for nobody in particular. */
  readonly as: string;
  readonly part: 'html' | 'text' | 'headers';
  readonly width: '320' | '640';
  /** Colours of the mail; `auto` is what the browser prefers. */
  readonly scheme: 'auto' | 'light' | 'dark';
}

export const PARTS = ['html', 'text', 'headers'] as const;
export const WIDTHS = ['640', '320'] as const;
export const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Reads the choices from a query; what is missing or unknown is the first of its kind. */
export function parseChoices(
  query: Readonly<Record<string, string>>,
  defaultAs: string,
): PreviewChoices {
  return {
    as: (query['other'] || (query['as'] ?? defaultAs)).trim(),
    part: PARTS.find((part) => part === query['part']) ?? PARTS[0],
    width: WIDTHS.find((width) => width === query['width']) ?? WIDTHS[0],
    scheme: SCHEMES.find((scheme) => scheme === query['scheme']) ?? SCHEMES[0],
  };
}

/** The address of a page with these choices. */
export function formatChoices(path: string, choices: PreviewChoices): string {
  return `${path}?${new URLSearchParams({ ...choices }).toString()}`;
}
