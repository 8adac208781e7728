import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import { isLocalTime, isZone } from '../domain/local-time.ts';
import { findAddressFault } from '../domain/subscriber.ts';

/** What a new daybrief.yaml is filled with. */
export type ProjectWish = Readonly<Record<string, string>>;

/** Which themes a preset begins with, in the order of the mail: [slug, name, cap]. */
const PRESETS: Readonly<Record<string, readonly (readonly [string, string, number])[]>> = {
  general: [
    ['world', 'World', 4],
    ['politics', 'Politics', 3],
    ['business', 'Business', 4],
    ['technology', 'Technology', 3],
    ['science', 'Science', 3],
    ['health', 'Health', 3],
    ['culture', 'Culture', 2],
    ['sport', 'Sport', 2],
  ],
  business: [
    ['business', 'Business', 6],
    ['technology', 'Technology', 4],
    ['politics', 'Politics', 4],
    ['world', 'World', 3],
  ],
  technology: [
    ['technology', 'Technology', 6],
    ['science', 'Science', 4],
    ['business', 'Business', 4],
    ['health', 'Health', 3],
  ],
};

/** Writes daybrief.yaml and .env into a folder and returns their paths; never overwrites either. */
export function initProject(
  folder: string,
  wish: ProjectWish,
): { readonly files: readonly string[] } {
  refuseWish(wish);
  const files = [
    { path: join(folder, 'daybrief.yaml'), text: writeYaml(wish), mode: 0o644 },
    { path: join(folder, '.env'), text: writeEnvironment(), mode: 0o600 },
  ];
  const taken = files.find(({ path }) => existsSync(path));
  if (taken) {
    throw new BriefingError(
      'conflict',
      `${taken.path} exists already and was left as it is. Move it away, or run init in another folder.`,
    );
  }
  for (const { path, text, mode } of files) writeNew(path, text, mode);
  return { files: files.map(({ path }) => path) };
}

function refuseWish(wish: ProjectWish): void {
  const faults = [
    findFault(wish['address'], (text) => findAddressFault(text)),
    findFault(wish['zone'], (text) =>
      isZone(text) ? null : 'is not a time zone; use a name such as Europe/Berlin',
    ),
    findFault(wish['time'], (text) => (isLocalTime(text) ? null : 'is not a time; write HH:MM')),
    findFault(wish['language'], (text) =>
      /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(text)
        ? null
        : 'is not a language code; use one such as en',
    ),
    findFault(wish['preset'], (text) =>
      Object.hasOwn(PRESETS, text)
        ? null
        : `is not a preset; choose ${Object.keys(PRESETS).join(' or ')}`,
    ),
  ].filter((fault) => fault !== null);
  if (faults.length > 0)
    throw new BriefingError('invalid', `Nothing was written: ${faults.join('; ')}.`);
}

function findFault(
  value: string | undefined,
  check: (text: string) => string | null,
): string | null {
  if (value === undefined) return null;
  const fault = check(value);
  return fault === null ? null : `"${value}": ${fault}`;
}

function writeNew(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { flag: 'wx', mode });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new BriefingError(
      'unavailable',
      `${path} cannot be written (${code}). Choose a folder you may write to.`,
      { cause: error },
    );
  }
}

function writeYaml(wish: ProjectWish): string {
  const quote = (key: string): string => JSON.stringify(wish[key] ?? '');
  const themes = (PRESETS[wish['preset'] ?? 'general'] ?? [])
    .map(([slug, name, cap]) => `      - { slug: ${slug}, name: ${name}, cap: ${cap} }\n`)
    .join('');
  return `# daybrief.yaml fills the store the first time daybrief runs. Later changes are made with
# "daybrief config apply" (try --dry-run first), or with the feeds and subscribers commands.

# Addresses that get mail while there is no public address (DAYBRIEF_PUBLIC_URL in .env).
own_addresses: [${quote('address')}]

newsletters:
  - slug: morning
    name: ${quote('name')}
    language: ${wish['language'] ?? 'en'}          # articles in other languages are left out
    sender: { name: ${quote('name')}, address: ${quote('address')} }
    zone: ${wish['zone'] ?? 'Etc/UTC'}
    send_time: ${quote('time')}      # in that zone; the draft is built 90 minutes before
    weekdays: [mon, tue, wed, thu, fri, sat, sun]
    deadline_minutes: 240     # a late issue is still sent for so long
    missed_run: roll          # after that: roll its stories into the next issue, or skip them
    minimum_stories: 3        # on a quieter day nothing is sent
    # editors: [you@example.org]   # they get each issue first, and proofs and reports
    # reader_time: own             # each reader at this time of their own zone
    # holidays: ["12-25"]           # no issue on these days; or the path of an .ics file
    look: broadsheet
    postal_address: ""        # printed in the footer; the law of many countries asks for it
    images: true              # false: no pictures
    themes:                   # the order is the order in the mail; cap is the most stories of a section
${themes}      # A theme of your own needs words: { slug: energy, name: Energy, words: [solar, grid, battery], cap: 3 }
    # default_theme: world   # the section of stories with no clear theme; without it they stand in brief
    feeds: []
      # - url: https://www.example.org/feed.xml   # or the path of a folder of .txt and .md wire texts
      #   outlet: The Example                     # its publisher, where the feed does not make it plain
      #   weight: 1.5                             # counts half as much again
      #   theme: business                         # what its articles lean to
      #   exclude: [sponsored, horoscope]         # titles with these words are left out
      #   fetch_pages: false                      # its short articles are not looked up on their pages
`;
}

function writeEnvironment(): string {
  return `# Secrets and paths; daybrief reads this file from the folder of daybrief.yaml.

# Where mail goes. "inbox:" is the built-in inbox in the data folder, to try things out: look at it with "daybrief preview".
# For real mail: smtp://user:password@mail.example.org:587
DAYBRIEF_SMTP_URL=inbox:

# The address at which readers reach "daybrief run", for the unsubscribe links. Without it only own_addresses are mailed.
DAYBRIEF_PUBLIC_URL=
`;
}
