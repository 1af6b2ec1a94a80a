import {
  ConflictError,
  CustomErrorBase,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Refusal } from './resolve/types';

/** Refusals that are about who somebody is, and belong in the audit trail. */
const NOT_ALLOWED = [
  'not-a-person',
  'requester',
  'permission',
  'not-a-lead',
  'not-platform',
  'own-request',
];
/** Refusals that may be over in a minute. */
const UNAVAILABLE = ['unknown', 'store'];

/** What time has ended: Backstage answers with the status that an error names. */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
  readonly statusCode = 410;
}

/** Whether somebody tried what they may not, rather than what can't be done. */
export function isTrespass(refusal: Refusal): boolean {
  return NOT_ALLOWED.includes(refusal.code);
}

/** Makes an error of a refusal: its message is for people, its code for programs. */
export function refusalError(refusal: Refusal): Error {
  const { code, message } = refusal;
  if (isTrespass(refusal)) {
    return Object.assign(new NotAllowedError(message), { code });
  }
  if (code === 'expired') {
    return Object.assign(new GoneError(message), { code });
  }
  return Object.assign(
    UNAVAILABLE.includes(code)
      ? new ServiceUnavailableError(message)
      : new ConflictError(message),
    { code },
  );
}
