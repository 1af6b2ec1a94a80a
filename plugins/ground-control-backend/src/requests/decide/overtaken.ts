import { ConflictError } from '@backstage/errors';

/** What whoever comes second is told. */
export function overtaken(): Error {
  return Object.assign(
    new ConflictError(
      'Somebody was faster: the request isn’t in the state any more that you saw. Look at it again.',
    ),
    { code: 'state' },
  );
}
