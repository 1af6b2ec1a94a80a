import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/**
 * Finds out who acts, from their credentials and nothing else.
 *
 * @returns entity ref of a User, in lower case
 * @throws NotAllowedError for a service, and for a service that acts on a
 * person's behalf: who holds such a token isn't that person
 */
export function resolvePerson(
  auth: AuthService,
  credentials: BackstageCredentials,
): string {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'Only a person who is signed in may do this, and these are the credentials of a service',
    );
  }
  const { actor, userEntityRef } = credentials.principal;
  if (actor) {
    throw new NotAllowedError(
      `Only a person may do this themselves, and ${actor.subject.slice(
        0,
        100,
      )} acts on somebody’s behalf`,
    );
  }
  return userEntityRef.toLowerCase();
}
