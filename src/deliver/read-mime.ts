import { decodeCharset, decodeHeader, decodeTransfer } from './decode-mime.ts';

/** Header values by lower-case name, in their order, unfolded. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A part of a mail. A returned message is a part too: its text is its source. */
export interface MimePart {
  /** Content type without parameters, in lower case; `text/plain` when there is none. */
  readonly type: string;
  readonly headers: Headers;
  /** Decoded; empty for a multipart. */
  readonly text: string;
  readonly parts: readonly MimePart[];
}

const MOST_BYTES = 2_000_000;
const MOST_DEPTH = 10;
const MOST_PARTS = 60;
const MOST_HEADER_LINES = 1_000;

/**
 * Reads a mail leniently (RFC 2045, 2046): a missing boundary is guessed, a missing end is the end of the mail,
 * and what is too deep, too long or one part too many is left out. Never throws.
 */
export function readMime(bytes: Uint8Array): MimePart {
  const binary = Buffer.from(bytes.subarray(0, MOST_BYTES)).toString('latin1');
  const mail = binary.replace(/\r\n?/g, '\n').replace(/^\s*(?:From .*\n)?/, '');
  return readPart(mail, { depth: 0, count: { left: MOST_PARTS } });
}

/** The header lines at the start of a text, and what follows the empty line. */
export function splitHeaders(mail: string): { headers: Headers; body: string } {
  const end = mail.startsWith('\n') ? 0 : mail.indexOf('\n\n');
  const head = end < 0 ? mail : mail.slice(0, end);
  const headers = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const line of head.split('\n', MOST_HEADER_LINES)) {
    if (/^[ \t]/.test(line)) {
      if (last) last.push(`${last.pop() ?? ''} ${line.trim()}`.slice(0, 8_000));
      continue;
    }
    const [, name, value = ''] = /^([!-9;-~]{1,100})[ \t]*:(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    last = headers.get(key) ?? [];
    last.push(value.trim().slice(0, 8_000));
    headers.set(key, last);
  }
  return {
    headers: decodeAll(headers),
    body: end < 0 ? '' : mail.slice(end).replace(/^\n{1,2}/, ''),
  };
}

function decodeAll(headers: Map<string, string[]>): Headers {
  return new Map([...headers].map(([name, values]) => [name, values.map(decodeHeader)]));
}

/** The first value of a header, or the empty string. */
export function readHeader(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? '';
}

/** A parameter of a header such as Content-Type, or the empty string. */
function readParameter(value: string, name: string): string {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(value);
  return match?.[1] ?? match?.[2] ?? '';
}

/** Every part of a mail but the multiparts themselves, in order. */
export function listLeaves(part: MimePart): readonly MimePart[] {
  return part.parts.length > 0 ? part.parts.flatMap(listLeaves) : [part];
}

interface Limits {
  readonly depth: number;
  readonly count: { left: number };
}

function readPart(mail: string, limits: Limits): MimePart {
  const { headers, body } = splitHeaders(mail);
  const written = readHeader(headers, 'content-type');
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(written)?.[0].toLowerCase() ?? 'text/plain';
  if (type.startsWith('multipart/') && limits.depth < MOST_DEPTH) {
    const pieces = splitParts(body, readParameter(written, 'boundary'));
    if (pieces.length > 0) {
      const parts = pieces.flatMap((piece) =>
        limits.count.left-- > 0 ? [readPart(piece, { ...limits, depth: limits.depth + 1 })] : [],
      );
      return { type, headers, text: '', parts };
    }
  }
  const binary = decodeTransfer(body, readHeader(headers, 'content-transfer-encoding'));
  const text = decodeCharset(binary, readParameter(written, 'charset')).replace(/\r\n?/g, '\n');
  return { type: type.startsWith('multipart/') ? 'text/plain' : type, headers, text, parts: [] };
}

/** The parts between boundary lines. Without its boundary the first line that looks like one is taken. */
function splitParts(body: string, boundary: string): readonly string[] {
  const lines = body.split('\n');
  const isUsed = boundary !== '' && lines.some((line) => line.trimEnd() === `--${boundary}`);
  const mark = isUsed ? `--${boundary}` : findBoundary(lines);
  if (mark === null) return [];
  const pieces: string[][] = [];
  for (const line of lines) {
    const bare = line.trimEnd();
    if (bare === `${mark}--`) break;
    if (bare === mark) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  return pieces.map((piece) => piece.join('\n'));
}

/** A boundary line is followed by a header of a part. */
function findBoundary(lines: readonly string[]): string | null {
  const at = lines.findIndex(
    (line, index) =>
      /^--\S{5,70}\s*$/.test(line) && /^content-[a-z-]+:/i.test(lines[index + 1] ?? ''),
  );
  return lines[at]?.trimEnd() ?? null;
}
