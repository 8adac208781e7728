import type { Slots } from '../domain/slots.ts';
import { encodeQuotedPrintable } from './encode-quoted-printable.ts';
import type { PreparedBody } from './prepare-body.ts';

const SOFT_BREAK = Buffer.from('=\r\n');

/** One reader's body in chunks. Each value stands on lines of its own between soft breaks, so nothing around it is encoded again. */
export function fillBody(body: PreparedBody, slots: Slots): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let isLineOpen = false;

  function append(pieces: PreparedBody['pieces']): void {
    for (const piece of pieces) {
      if ('bytes' in piece) {
        if (isLineOpen && !piece.startsLine) chunks.push(SOFT_BREAK);
        chunks.push(piece.bytes);
        isLineOpen = !piece.endsLine;
      } else if ('passageOf' in piece) {
        if (slots[piece.passageOf]) append(piece.pieces);
      } else {
        const value = piece.write(slots[piece.slot] ?? '');
        if (value === '') continue;
        if (isLineOpen) chunks.push(SOFT_BREAK);
        chunks.push(Buffer.from(encodeQuotedPrintable(value), 'latin1'));
        isLineOpen = true;
      }
    }
  }

  append(body.pieces);
  return chunks;
}
