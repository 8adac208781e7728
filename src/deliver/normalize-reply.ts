const LONGEST = 200;
/** A server may answer with a megabyte; more than this is never worth looking at. */
const READ = 4_000;

/** A server's reply or a network error as one line of at most 200 characters, without reply codes, local parts of addresses, or any of `secrets`. */
export function normalizeReply(text: string, secrets: readonly string[]): string {
  const line = text
    .slice(0, READ)
    .replace(/^\d{3}(?:[ -]|$)/gm, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const bare = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), line);
  const masked = bare.replace(/("[^"]*"|[^\s<>()"]+)@/g, '…@');
  return masked.length > LONGEST ? `${masked.slice(0, LONGEST - 1)}…` : masked;
}
