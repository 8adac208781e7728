import type { Design } from '../domain/newsletter.ts';
import type { Look } from './read-templates.ts';

const FONT_ROLES = ['textFont', 'headFont', 'labelFont'];
/** Drawn in the accent's colour where the look has them in one; the bars of a chart always. */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  accent: ['bar', 'link'],
  darkAccent: ['darkBar', 'darkLink'],
};

/** A look as a newsletter wears it: with its own colours and fonts, and each role of a font (`serif` or `sans`) filled in. */
export function dressLook(look: Look, design: Pick<Design, 'values'> = { values: {} }): Look {
  const values = { ...look.values, ...listFollowers(look, design.values), ...design.values };
  const fonts = FONT_ROLES.map((role) => {
    const font = values[role] ?? '';
    return [role, values[font] ?? font] as const;
  });
  return { ...look, values: { ...values, ...Object.fromEntries(fonts) } };
}

function listFollowers(look: Look, values: Design['values']): Record<string, string> {
  const followers = Object.entries(FOLLOWERS).flatMap(([leader, names]) => {
    const colour = values[leader];
    const same = names.filter((name) => look.values[name] === look.values[leader]);
    const followers = leader === 'accent' ? [...same, 'meter'] : same;
    return colour === undefined ? [] : followers.map((name) => [name, colour] as const);
  });
  return Object.fromEntries(followers);
}
