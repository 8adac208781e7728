import { createHash, type Hash } from 'node:crypto';
import type { Email } from '../domain/email.ts';
import { cleanValue, escapeValue, splitSlots, type SlotPiece } from '../domain/slots.ts';
import { encodeQuotedPrintable } from './encode-quoted-printable.ts';

/** The body of an email as it goes over the wire, encoded once; only slots are left to be filled. */
export interface PreparedBody {
  readonly boundary: string;
  readonly pieces: readonly BodyPiece[];
  /** Header fields that most readers share, by their value. */
  readonly knownFields: Map<string, string>;
  /** SHA-256 over the first piece: the start of every reader's body hash. Copy it before use. */
  readonly startHash: Hash;
}

type BodyPiece =
  | FixedPiece
  | { readonly slot: string; readonly write: (value: string) => string }
  | { readonly passageOf: string; readonly pieces: readonly BodyPiece[] };

/** Bytes that every reader gets alike. */
interface FixedPiece {
  readonly bytes: Uint8Array;
  readonly startsLine: boolean;
  readonly endsLine: boolean;
}

const prepared = new WeakMap<Email, PreparedBody>();

/** The body of an email: text and HTML as alternatives (RFC 2046), quoted-printable. Encoding costs a thousand times what filling does, so it is done once. */
export function prepareBody(email: Email): PreparedBody {
  const known = prepared.get(email);
  if (known) return known;
  const boundary = nameBoundary(email);
  const pieces = joinFixed([
    fix(`--${boundary}\r\n${describePart('plain')}`),
    ...encodePieces(splitSlots(email.text), cleanValue),
    fix(`\r\n--${boundary}\r\n${describePart('html')}`),
    ...encodePieces(splitSlots(email.html), escapeValue),
    fix(`\r\n--${boundary}--\r\n`),
  ]);
  const [first] = pieces;
  const startHash = createHash('sha256');
  if (first && 'bytes' in first) startHash.update(first.bytes);
  const body = { boundary, pieces, knownFields: new Map<string, string>(), startHash };
  prepared.set(email, body);
  return body;
}

/** The same for equal content, and never part of it: quoted-printable writes no `=_`. */
function nameBoundary({ html, text }: Email): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([text, html]))
    .digest('hex');
  return `=_${hash.slice(0, 32)}`;
}

function describePart(kind: 'plain' | 'html'): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

function encodePieces(
  pieces: readonly SlotPiece[],
  write: (value: string) => string,
): readonly BodyPiece[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return fix(encodeQuotedPrintable(piece));
    if ('slot' in piece) return { slot: piece.slot, write };
    return { passageOf: piece.passageOf, pieces: encodePieces(piece.pieces, write) };
  });
}

function fix(encoded: string): FixedPiece {
  return {
    bytes: Buffer.from(encoded, 'latin1'),
    startsLine: encoded.startsWith('\r\n'),
    endsLine: encoded.endsWith('\r\n'),
  };
}

/** Neighbours where one ends its line or the next begins with a line end are one piece. */
function joinFixed(pieces: readonly BodyPiece[]): readonly BodyPiece[] {
  const joined: BodyPiece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const canJoin =
      before && 'bytes' in before && 'bytes' in piece && (before.endsLine || piece.startsLine);
    if (canJoin)
      joined.splice(-1, 1, {
        bytes: Buffer.concat([before.bytes, piece.bytes]),
        startsLine: before.startsLine,
        endsLine: piece.endsLine,
      });
    else joined.push(piece);
  }
  return joined;
}
