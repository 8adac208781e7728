/** What a site's robots.txt says to one robot. */
export interface RobotRules {
  /** Whether the robot may read the page at this URL. */
  allows(url: string): boolean;
}

interface Rule {
  readonly isAllowed: boolean;
  readonly pattern: string;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
}

const MOST_CHARACTERS = 500 * 1024;
const MOST_RULES = 5_000;

/** For a site that has no robots.txt (RFC 9309, section 2.3.1.3). */
export const ALLOW_ALL: RobotRules = { allows: () => true };
/** For a site whose robots.txt cannot be reached just now (section 2.3.1.4). */
export const ALLOW_NONE: RobotRules = { allows: () => false };

/** Reads a robots.txt for the robot with this product token (RFC 9309): its own groups, or those for every robot; the longest rule that fits decides. */
export function parseRobots(text: string, agent: string): RobotRules {
  const groups = readGroups(text.slice(0, MOST_CHARACTERS));
  const own = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = chosen.flatMap((group) => group.rules).slice(0, MOST_RULES);
  const longestFirst = [...rules].sort(
    (a, b) => b.pattern.length - a.pattern.length || Number(b.isAllowed) - Number(a.isAllowed),
  );
  return {
    allows(url) {
      const { pathname, search } = new URL(url);
      const path = normalizePath(pathname + search);
      if (path === '/robots.txt') return true;
      return longestFirst.find(({ pattern }) => fits(path, pattern))?.isAllowed ?? true;
    },
  };
}

/** A group is one or more user-agent lines and the rules under them; rules above the first of them are nobody's. */
function readGroups(text: string): readonly Group[] {
  const groups: Group[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const [, key, value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*?)\s*(?:#|$)/.exec(line) ?? [];
    const name = key?.toLowerCase();
    const last = groups.at(-1);
    if (name === 'user-agent') {
      const agent = /^(?:\*|[a-z_-]+)/i.exec(value)?.[0].toLowerCase() ?? '';
      if (last && last.rules.length === 0) last.agents.push(agent);
      else groups.push({ agents: [agent], rules: [] });
    }
    if (name === 'allow' || name === 'disallow') {
      last?.rules.push({
        isAllowed: name === 'allow' || value === '',
        pattern: normalizePath(value),
      });
    }
  }
  return groups;
}

/** One spelling for paths and patterns: what is not ASCII percent-encoded, and nothing encoded that need not be. */
function normalizePath(path: string): string {
  return path
    .toWellFormed()
    .replace(/[^\u0021-\u007E]+/g, encodeURIComponent)
    .replace(/%[0-9a-f]{2}/gi, (code) => {
      const character = String.fromCharCode(parseInt(code.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : code.toUpperCase();
    });
}

/** Whether a path begins as the pattern says: `*` stands for anything, a `$` at the end for the end. */
function fits(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...others] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  const last = others.pop();
  if (last === undefined) return !isWhole || path.length === first.length;
  let place = first.length;
  for (const piece of others) {
    const found = path.indexOf(piece, place);
    if (found < 0) return false;
    place = found + piece.length;
  }
  return isWhole
    ? path.length - last.length >= place && path.endsWith(last)
    : path.indexOf(last, place) >= 0;
}
