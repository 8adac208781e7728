const TEXT = 7;
const LINK = 4.5;
/** Text and its ground in light; the names in dark are the same with `dark` before them. */
const PAIRS: readonly (readonly [text: string, least: number])[] = [
  ['ink', TEXT],
  ['muted', TEXT],
  ['accent', TEXT],
  ['link', LINK],
];

/** What is too faint to read in a look (WCAG 2 contrast: text 7, links 4.5, in light and in dark), each as the end of a sentence. */
export function listLookFaults(values: Readonly<Record<string, string>>): readonly string[] {
  return ['', 'dark'].flatMap((scheme) => {
    const paper = join(scheme, 'paper');
    return PAIRS.flatMap(([text, least]) => {
      const name = join(scheme, text);
      const contrast = measureContrast(values[name] ?? '', values[paper] ?? '');
      if (contrast >= least) return [];
      const found = Math.floor(contrast * 10) / 10;
      return [
        `${wordName(name)} ${values[name] ?? ''} on ${wordName(paper)} ${values[paper] ?? ''} has a contrast of ${String(found)} and needs ${String(least)}`,
      ];
    });
  });
}

/** Contrast of two colours (#rrggbb), 1 to 21; WCAG 2. Zero when one is no such colour. */
export function measureContrast(one: string, other: string): number {
  const lights = [one, other].map(measureLuminance);
  const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  return Number.isNaN(contrast) ? 0 : contrast;
}

function measureLuminance(colour: string): number {
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function join(scheme: string, name: string): string {
  return scheme === '' ? name : `dark${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** As daybrief.yaml writes it: `dark_paper`. */
function wordName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
