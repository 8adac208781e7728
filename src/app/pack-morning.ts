import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { ComposedMorning } from './compose-morning.ts';
import type { MorningInputs } from './morning-inputs.ts';

/** What is kept with an issue: all it was made from, and what was decided about every story. */
export interface KeptMorning {
  readonly inputs: MorningInputs;
  readonly made: Pick<ComposedMorning, 'stories' | 'decisions' | 'conflicts'>;
}

interface PackedMap {
  readonly map: readonly (readonly [unknown, unknown])[];
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Packs a morning to be kept. What MorningInputs holds is JSON, and maps; a new field is kept without a word here. */
export async function packMorning(morning: KeptMorning): Promise<Uint8Array> {
  const text = JSON.stringify(morning, (_, value: unknown) =>
    value instanceof Map ? { map: [...value] } : value,
  );
  return await compress(text, { level: constants.Z_BEST_SPEED });
}

/** The morning that was packed. */
export async function unpackMorning(packed: Uint8Array): Promise<KeptMorning> {
  const text = (await decompress(packed)).toString('utf8');
  return JSON.parse(text, (_, value: unknown) =>
    isPackedMap(value) ? new Map(value.map) : value,
  ) as KeptMorning;
}

function isPackedMap(value: unknown): value is PackedMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'map';
}
