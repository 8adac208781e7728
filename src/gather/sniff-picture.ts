/** What the bytes of a picture say it is, whatever its server says. Pixels. */
export interface SniffedPicture {
  readonly type: 'image/gif' | 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

const PNG = '89504e470d0a1a0a';

/** The kind and size of a GIF, JPEG, PNG or WebP picture by its first bytes; null for anything else: an SVG is a program. */
export function sniffPicture(bytes: Uint8Array): SniffedPicture | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 30) return null;
  if (file.toString('hex', 0, 8) === PNG)
    return { type: 'image/png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  if (/^GIF8[79]a$/.test(file.toString('latin1', 0, 6)))
    return { type: 'image/gif', width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
  if (file.readUInt16BE(0) === 0xffd8) return readJpeg(file);
  const isWebp =
    file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? readWebp(file) : null;
}

/** Walks over the segments to the start of a frame (ITU-T T.81, section B.2.2). */
function readJpeg(file: Buffer): SniffedPicture | null {
  let at = 2;
  while (at + 9 < file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        type: 'image/jpeg',
        width: file.readUInt16BE(at + 7),
        height: file.readUInt16BE(at + 5),
      };
    at += 2 + file.readUInt16BE(at + 2);
  }
  return null;
}

/** Lossy, lossless and extended (RFC 9649, section 2). */
function readWebp(file: Buffer): SniffedPicture | null {
  const type = 'image/webp';
  const chunk = file.toString('latin1', 12, 16);
  if (chunk === 'VP8X')
    return { type, width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ')
    return { type, width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const bits = file.readUInt32LE(21);
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
