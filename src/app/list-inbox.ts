import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import type { App } from './app.ts';

/** A message the built-in inbox kept, as a list shows it. */
export interface KeptMessage {
  readonly file: string;
  readonly to: string;
  readonly subject: string;
}

const HEAD_BYTES = 8_192;
const MOST_LISTED = 200;

/** How many messages the built-in inbox holds; 0 when there is no inbox. */
export async function countInbox(app: App): Promise<number> {
  return (await listFiles(app)).length;
}

/** The newest messages of the built-in inbox, at most 200, the last to come first. */
export async function listInbox(app: App): Promise<readonly KeptMessage[]> {
  const newest = (await listFiles(app)).slice(-MOST_LISTED).reverse();
  return await Promise.all(newest.map((file) => readKept(app, file)));
}

/** A message of the built-in inbox, byte for byte. Throws BriefingError when it is not there. */
export async function readKeptMessage(app: App, file: string): Promise<Uint8Array> {
  if (!(await listFiles(app)).includes(file)) {
    throw new BriefingError(
      'not_found',
      `The inbox has no message "${file}". It may have been deleted; look at the list again.`,
    );
  }
  return await readFile(join(inboxFolder(app), file));
}

async function readKept(app: App, file: string): Promise<KeptMessage> {
  const head = await readHead(join(inboxFolder(app), file));
  return { file, to: readHeader(head, 'To'), subject: readHeader(head, 'Subject') };
}

function inboxFolder(app: App): string {
  return join(app.settings.data, 'inbox');
}

async function listFiles(app: App): Promise<readonly string[]> {
  const names = await readdir(inboxFolder(app)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[^.].*\.eml$/.test(name)).sort();
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n\r?\n/)[0] ?? '';
  } finally {
    await file.close();
  }
}

function readHeader(head: string, name: string): string {
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const value = new RegExp(`^${name}:(.*)$`, 'im').exec(unfolded)?.[1] ?? '';
  return decodeWords(value.trim());
}

/** Encoded words (RFC 2047); the space between two of them is not part of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : decodeQuoted(text.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
