import { StatusError } from '../http/StatusError.ts';

/** A resourceVersion in a query; undefined without, 0 for any. */
export function parseRevision(text: string | null): number | undefined {
  if (!text) {
    return undefined;
  }
  const revision = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(revision)) {
    throw StatusError.badRequest(
      `resourceVersion: Invalid value: "${text.slice(
        0,
        100,
      )}": must be a whole number`,
    );
  }
  return revision;
}
