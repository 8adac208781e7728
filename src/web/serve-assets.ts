import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { PACKAGE_ROOT } from '../app/app.ts';

const FOLDER = join(PACKAGE_ROOT, 'templates', 'pages', 'assets');

const ASSETS = [
  { file: 'pages.css', type: 'text/css; charset=utf-8' },
  { file: 'reload.js', type: 'text/javascript; charset=utf-8' },
  { file: 'archive.css', type: 'text/css; charset=utf-8' },
  { file: 'share.js', type: 'text/javascript; charset=utf-8' },
];

/** The style sheet and the script of the pages, below /assets. */
export function serveAssets(): Hono {
  const assets = new Hono();
  for (const { file, type } of ASSETS) {
    assets.get(`/${file}`, async (context) =>
      context.body(await readFile(join(FOLDER, file), 'utf8'), 200, { 'Content-Type': type }),
    );
  }
  return assets;
}
