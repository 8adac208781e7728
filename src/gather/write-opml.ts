import { escapeHtml } from './escape-html.ts';

/** A feed as it is written into a list of subscriptions; `folder` is the name of the folder it lies in. */
export interface OpmlFeed {
  readonly url: string;
  readonly title: string;
  readonly language: string | null;
  readonly folder: string | null;
}

const CONTROL = /[^\P{Cc}\t\n]/gu;

/** An OPML 2.0 document of these feeds, those of one folder together. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const folders = [...new Set(feeds.flatMap(({ folder }) => folder ?? []))];
  const loose = feeds.filter(({ folder }) => folder === null);
  const inFolders = folders.flatMap((name) => [
    `    <outline${writeAttributes({ text: name })}>`,
    ...feeds.filter(({ folder }) => folder === name).map((feed) => `  ${writeFeed(feed)}`),
    '    </outline>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeText(title)}</title></head>`,
    '  <body>',
    ...loose.map(writeFeed),
    ...inFolders,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function writeFeed({ title, url, language }: OpmlFeed): string {
  const attributes = { type: 'rss', text: title, title, xmlUrl: url };
  return `    <outline${writeAttributes(language ? { ...attributes, language } : attributes)}/>`;
}

function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeText(value)}"`)
    .join('');
}

function escapeText(text: string): string {
  return escapeHtml(text.toWellFormed().replace(CONTROL, ''));
}
