import { analyse } from 'chardet';
import { decodeStrictly, isMultibyte, nameEncoding } from './decode-label.ts';

const SAMPLE_BYTES = 64_000;
const LEAST_CONFIDENCE = 15;
/** Bytes of many an alphabet happen to be Chinese or Japanese ones too. */
const LEAST_MULTIBYTE_CONFIDENCE = 50;
const FALLBACK = 'windows-1252';

/** The encoding bytes that are not UTF-8 are most likely in, by how often which letters follow each other; windows-1252 when nothing tells. */
export function detectEncoding(bytes: Uint8Array): string {
  const written = Buffer.from(bytes.subarray(0, SAMPLE_BYTES)).toString('latin1');
  const sample = Buffer.from(written.replace(/<[^<>]*>/g, ' '), 'latin1');
  const fitting = analyse(sample).find(({ name, confidence }) => {
    const encoding = nameDetected(name);
    const least = isMultibyte(encoding) ? LEAST_MULTIBYTE_CONFIDENCE : LEAST_CONFIDENCE;
    return confidence >= least && decodeStrictly(sample, encoding) !== null;
  });
  return fitting ? nameDetected(fitting.name) : FALLBACK;
}

/** Hebrew on the web is written in the order it is read, as windows-1255 has it. */
function nameDetected(name: string): string {
  return name === 'ISO-8859-8' ? 'windows-1255' : (nameEncoding(name) ?? FALLBACK);
}
