import type { StoryExplanation } from '../app/explain-issue.ts';

type ThemeReason = StoryExplanation['themes'][number];

const MOST_SIGNS = 8;
const ORIGINS = { text: '', section: 'section ', feed: 'feed is mostly ' } as const;

/** One line: a theme, its logarithm of odds, and the terms that sum to it. */
export function describeReason({ theme, score, prior, signs, taught, moves }: ThemeReason): string {
  const said = signs.map(({ origin, text, weight }) => ({
    name: `${ORIGINS[origin]}“${text}”`,
    weight,
  }));
  const rest = said.slice(MOST_SIGNS).reduce((sum, { weight }) => sum + weight, 0);
  const terms = [
    ...said.slice(0, MOST_SIGNS),
    { name: `${said.length - MOST_SIGNS} more`, weight: rest },
    { name: 'usual', weight: prior },
    { name: 'other stories', weight: taught },
    { name: 'earlier moves', weight: moves },
  ].filter(({ weight }) => Math.abs(weight) >= 0.005);
  const sum = terms.map(({ name, weight }) => `${formatSigned(weight)} ${name}`).join('  ');
  return `${theme} ${formatSigned(score)}${sum === '' ? '' : ` =  ${sum}`}`;
}

function formatSigned(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
