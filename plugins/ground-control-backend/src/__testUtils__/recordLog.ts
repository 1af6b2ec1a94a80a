import { inspect } from 'node:util';
import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';

/** Keeps all that a backend logs at any level, errors with their causes. */
export function recordLog() {
  const lines: string[] = [];
  const note = (message: string, meta?: object) => {
    const more = inspect(meta, { depth: 10, maxStringLength: null });
    lines.push(`${message} ${more}`);
  };
  const logger: RootLoggerService = {
    error: note,
    warn: note,
    info: note,
    debug: note,
    child: meta => {
      note('child', meta);
      return logger;
    },
  };
  const factory = createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  });
  return { lines, factory };
}
