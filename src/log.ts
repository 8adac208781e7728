import { pino } from 'pino';

/** Fields of a log line: ids and counts, never addresses or tokens. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** One logger: a constant event plus fields, as JSON lines on stderr. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Opens the log at a level: `debug`, `info`, `warn` or `error`. */
export function openLog(level: string): Log {
  const logger = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}
