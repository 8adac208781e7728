import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { App } from '../app/app.ts';
import { BriefingError, type ErrorCode } from '../domain/briefing-error.ts';

/** An error as a page tells it. */
export interface Fault {
  readonly status: ContentfulStatusCode;
  readonly heading: string;
  readonly message: string;
}

const FAULTS: Readonly<Record<ErrorCode, Omit<Fault, 'message'>>> = {
  invalid: { status: 400, heading: 'This cannot be used' },
  not_found: { status: 404, heading: 'Not found' },
  conflict: { status: 409, heading: 'Not as things are' },
  unavailable: { status: 503, heading: 'Not available' },
};

/** What to tell of an error: its own sentence when somebody can act on it; anything else is a bug and goes to the log. */
export function describeFault(app: App, error: Error): Fault {
  if (error instanceof BriefingError) return { ...FAULTS[error.code], message: error.message };
  app.log.error('web.failed', { why: error.stack ?? error.message });
  return {
    status: 500,
    heading: 'Something went wrong',
    message: 'This should not have happened. The log of daybrief says more; please report it.',
  };
}
