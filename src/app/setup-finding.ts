/** One thing doctor looked at. `fix` is empty where nothing is wrong. */
export interface SetupFinding {
  readonly level: 'ok' | 'warning' | 'failed';
  readonly check: string;
  readonly message: string;
  readonly fix: string;
}

/** What doctor found in order about one thing. */
export function passCheck(check: string, message: string): SetupFinding {
  return { level: 'ok', check, message, fix: '' };
}

/** What doctor could not read: nothing is known to be wrong. */
export function leaveCheck(check: string, message: string): SetupFinding {
  return {
    level: 'warning',
    check,
    message,
    fix: 'Try again when this machine reaches its name server.',
  };
}
