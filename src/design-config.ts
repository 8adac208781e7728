import { z } from 'zod';
import type { Design } from './domain/newsletter.ts';

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'use a colour such as "#8a1f1b"')
  .toLowerCase()
  .optional();
const font = z
  .string()
  .regex(/^[\p{L}\d ,'-]+$/u, "use fonts such as Georgia, 'Times New Roman', serif")
  .max(200)
  .optional();

const logoShape = z.strictObject({
  url: z.url({ protocol: /^https$/, error: 'use an address that starts with https://' }),
  width: z.number().int().min(16).max(536),
  alt: z.string().min(1).max(120),
});

/** `design:` of a newsletter in daybrief.yaml. */
export const designShape = z.strictObject({
  page: colour,
  paper: colour,
  ink: colour,
  muted: colour,
  rule: colour,
  accent: colour,
  link: colour,
  dark_page: colour,
  dark_paper: colour,
  dark_ink: colour,
  dark_muted: colour,
  dark_rule: colour,
  dark_accent: colour,
  dark_link: colour,
  serif: font,
  sans: font,
  logo: logoShape.nullable().default(null),
  charts: z.boolean().default(true),
});

/** The design as a newsletter keeps it, with the names that the files of the looks use. */
export function toDesign({ logo, charts, ...written }: z.infer<typeof designShape>): Design {
  const values = Object.entries(written).flatMap(([name, value]) =>
    value === undefined ? [] : [[nameValue(name), value] as const],
  );
  return { values: Object.fromEntries(values), logo, charts };
}

/** `darkPaper` for `dark_paper`. */
function nameValue(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
