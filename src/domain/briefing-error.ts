/** What the person reading the error can do about it; interfaces.md maps each code to an exit code and an HTTP status. */
export type ErrorCode = 'invalid' | 'not_found' | 'conflict' | 'unavailable';

/** An error its reader can act on: one sentence of what happened and why, and one of what to do. Anything else thrown is a bug. */
export class BriefingError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; exitCode?: number } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'BriefingError';
    this.code = code;
    this.exitCode = options.exitCode;
  }
}
