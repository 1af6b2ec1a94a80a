import { StatusError } from '../http/StatusError.ts';

/** Where the next page of a list begins. */
export interface ContinueToken {
  /** All pages show the state at this one; 0 for the present. */
  revision: number;
  /** The key of the last object of the page before. */
  after: string;
}

export function formatContinueToken(token: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({
      v: 'meta.k8s.io/v1',
      rv: token.revision,
      start: token.after,
    }),
  ).toString('base64url');
}

export function parseContinueToken(text: string): ContinueToken {
  try {
    const { v, rv, start } = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    if (
      v === 'meta.k8s.io/v1' &&
      Number.isSafeInteger(rv) &&
      rv >= 0 &&
      typeof start === 'string'
    ) {
      return { revision: rv, after: start };
    }
  } catch {
    // Answered below, as any other that isn't ours.
  }
  throw StatusError.badRequest(
    'continue key is not valid: it was not made by this server',
  );
}
