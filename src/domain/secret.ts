/** A value that never shows in a log, an error or JSON; only `reveal` gives it out. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a value so that printing it by mistake shows dots. */
export function makeSecret(value: string): Secret {
  const mask = value ? '••••' : '';
  return { reveal: () => value, toString: () => mask, toJSON: () => mask };
}
