import { describe, expect, test } from 'vitest';
import { sniffPicture } from '../../src/gather/sniff-picture.ts';

/** The first bytes of a picture, with nothing after them. */
function pad(hex: string): Uint8Array {
  return Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(40)]);
}

describe('the kind and size of a picture', () => {
  test.each([
    ['image/png', '89504e470d0a1a0a 0000000d 49484452 000004b0 0000029e'],
    ['image/gif', '474946383961 b004 9e02'],
    ['image/jpeg', 'ffd8 ffe0 0004 4a46 ffc4 0003 00 ffc2 0011 08 029e 04b0'],
    ['image/webp', '52494646 00000000 57454250 56503858 0a000000 00000000 af0400 9d0200'],
    ['image/webp', '52494646 00000000 57454250 56503820 00000000 000000 9d012a b004 9e02'],
    ['image/webp', '52494646 00000000 57454250 5650384c 00000000 2f af44a700'],
  ])('is read of %s', (type, hex) => {
    expect(sniffPicture(pad(hex))).toEqual({ type, width: 1_200, height: 670 });
  });

  test.each([
    ['nothing', ''],
    ['an SVG', '3c73766720786d6c6e733d22687474703a2f2f7777772e77332e6f7267'],
    ['a JPEG without a frame', 'ffd8 ffd9'],
    ['a JPEG whose segments never end', 'ffd8 ffe0 ffff'],
    ['a JPEG whose segment has no length', 'ffd8 ffe0 0000 ffe0 0000'],
  ])('is unknown of %s', (_, hex) => {
    expect(sniffPicture(pad(hex))).toBeNull();
    expect(sniffPicture(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBeNull();
  });
});
