import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

type Unpack = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const MOST_ENCODINGS = 2;
const MOST_UNWANTED_BYTES = 65_536;
/** Keeps what a cut-off transfer did bring. */
const LENIENT = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

const UNPACKERS: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', (bytes, options) => gunzip(bytes, { ...LENIENT, ...options })],
  ['x-gzip', (bytes, options) => gunzip(bytes, { ...LENIENT, ...options })],
  ['deflate', unpackDeflate],
  ['br', promisify<Uint8Array, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress)],
  ['zstd', promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress)],
]);

/**
 * Reads a response body to its end and undoes its Content-Encoding (RFC 9110, section 8.4; RFC 8878 for zstd).
 * At most `maxBytes` on the wire and after each unpacking, and nothing of a body whose `announced` length is more; `problem` ends a sentence that began with the host's name.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  options: { readonly maxBytes: number; readonly announced: number },
): Promise<{ bytes: Uint8Array } | { problem: string }> {
  const unpackers = listEncodings(contentEncoding).map((name) => UNPACKERS.get(name));
  if (unpackers.length > MOST_ENCODINGS || unpackers.includes(undefined)) {
    closeBody(body);
    return {
      problem: `packed its answer as “${contentEncoding.slice(0, 60)}”, which we cannot unpack`,
    };
  }
  const tooLong = { problem: `sent more than ${describeSize(options.maxBytes)}` };
  if (options.announced > options.maxBytes) {
    closeBody(body);
    return tooLong;
  }
  let bytes = await readAtMost(body, options.maxBytes);
  if (!bytes) return tooLong;
  try {
    for (const unpack of unpackers) {
      if (unpack) bytes = await unpack(bytes, { maxOutputLength: options.maxBytes });
    }
  } catch (error) {
    if (error instanceof RangeError) return tooLong;
    return { problem: 'packed its answer in a way that cannot be unpacked' };
  }
  return { bytes };
}

/** Ends a response whose body nobody wants; a short one is read to its end, because only then can its connection be used again. */
export function closeBody(body: Readable): void {
  let length = 0;
  body.on('error', () => {});
  body.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST_UNWANTED_BYTES) body.destroy();
  });
}

/** The encodings in the order to undo them: the last one applied comes first. */
function listEncodings(header: string): string[] {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity').reverse();
}

async function readAtMost(body: Readable, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Some servers mean zlib by “deflate” as the standard does, some the bare stream; the first byte tells. */
async function unpackDeflate(
  bytes: Uint8Array,
  options: { maxOutputLength: number },
): Promise<Buffer> {
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8;
  return (isZlib ? inflate : inflateRaw)(bytes, { ...LENIENT, ...options });
}

function describeSize(bytes: number): string {
  return bytes >= 1_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${Math.round(bytes / 1_000)} kB`;
}
