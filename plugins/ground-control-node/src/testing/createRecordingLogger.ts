import { LoggerService } from '@backstage/backend-plugin-api';

/**
 * A logger that keeps all it is told, at every level, for a test to look for
 * what may not be there.
 *
 * @public
 */
export function createRecordingLogger(): LoggerService & { lines: string[] } {
  const lines: string[] = [];
  const record = (message: string, meta?: object) => {
    lines.push(
      meta ? `${message} ${String(meta)} ${JSON.stringify(meta)}` : message,
    );
  };
  const logger = {
    lines,
    error: record,
    warn: record,
    info: record,
    debug: record,
    child: () => logger,
  };
  return logger as LoggerService & { lines: string[] };
}
