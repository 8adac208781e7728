/** Mail programs that can be asked about. */
export const CLIENTS = ['apple', 'gmail', 'outlook'] as const;

export type Client = (typeof CLIENTS)[number];

/** When these facts were written down. `outlook` is the one on Windows that renders with Word. */
export const SUPPORT_DATE = '2026-11-25';

/** Something a mail may use that not everybody shows. */
interface Feature {
  readonly name: string;
  readonly used: RegExp;
  readonly missing: readonly Client[];
  readonly consequence: string;
}

export const FEATURES: readonly Feature[] = [
  {
    name: '@media (prefers-color-scheme)',
    used: /@media[^{]*prefers-color-scheme/,
    missing: ['gmail', 'outlook'],
    consequence: 'the mail stays light, or the program darkens it in its own way',
  },
  {
    name: '@media (max-width)',
    used: /@media[^{]*max-width/,
    missing: ['outlook'],
    consequence: 'narrow windows get the wide layout',
  },
  {
    name: 'max-width',
    used: /[;"]\s*max-width:/,
    missing: ['outlook'],
    consequence: 'widths must also stand in tables and width attributes',
  },
  {
    name: 'border-radius',
    used: /border-radius:\s*[1-9]/,
    missing: ['outlook'],
    consequence: 'corners are square',
  },
  {
    name: 'background-image',
    used: /background(-image)?:[^;"]*url\(/,
    missing: ['outlook'],
    consequence: 'the picture is not shown',
  },
  {
    name: 'CSS variables',
    used: /var\(--/,
    missing: ['gmail', 'outlook'],
    consequence: 'the declaration is ignored',
  },
  {
    name: 'display: flex',
    used: /display:\s*flex/,
    missing: ['outlook'],
    consequence: 'the parts stand below each other',
  },
  {
    name: 'SVG pictures',
    used: /<svg\b|src="[^"]*\.svg[?"]/,
    missing: ['gmail', 'outlook'],
    consequence: 'the picture is not shown',
  },
  {
    name: 'WebP pictures',
    used: /src="[^"]*\.webp[?"]/,
    missing: ['outlook'],
    consequence: 'the picture is not shown',
  },
  {
    name: 'pictures in data: addresses',
    used: /src="data:image/,
    missing: ['gmail', 'outlook'],
    consequence: 'the picture is not shown',
  },
];
