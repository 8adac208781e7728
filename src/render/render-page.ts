import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileOptions, loadHandlebars } from './load-handlebars.ts';

/** What a page shows: words and numbers, in lists and groups. Everything is escaped when it is printed. */
export interface PageView {
  readonly [name: string]: string | number | boolean | null | PageView | readonly PageView[];
}

const FOLDER = join(import.meta.dirname, '..', '..', 'templates', 'pages');

type Page = (view: PageView) => string;

const loadPages = once(() => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.hbs'));
  const sources = files.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]);
  return loadHandlebars(Object.fromEntries(sources) as Record<string, string>, 'html');
});

const pages = new Map<string, Page>();

/** The HTML of a web page: templates/pages/NAME.hbs filled with a view. Templates are read and compiled when first used, and kept. */
export function renderPage(name: string, view: PageView): string {
  const page = pages.get(name) ?? compilePage(name);
  pages.set(name, page);
  return page(view);
}

function compilePage(name: string): Page {
  return loadPages().compile(`{{> ${name}}}`, compileOptions('html'));
}

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}
