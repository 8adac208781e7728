/** One thing doctor looked at. `fix` is empty where nothing is wrong. */
export interface SetupFinding {
  readonly level: 'ok' | 'warning' | 'failed';
  readonly check: string;
  readonly message: string;
  readonly fix: string;
}
