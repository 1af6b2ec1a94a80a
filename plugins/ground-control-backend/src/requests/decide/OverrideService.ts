import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { OverrideRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { cleanMessage } from '../addStep';
import { RequestRow } from '../types';
import { acceptWarnings } from './acceptWarnings';
import { commitDecision } from './commitDecision';
import { findOwnDecision } from './findOwnDecision';
import { RequestDesk } from './RequestDesk';

const LEAST_REASON = 20;

/** Takes decisions to go over a block. */
export class OverrideService {
  constructor(private readonly desk: RequestDesk) {}

  /**
   * Goes over the blocks of now, for a reason that everybody can read. What it
   * is beside that, decideOverrideRole says; it may be an approval, so warnings
   * are accepted as in one. The same again changes nothing.
   *
   * @throws ConflictError where it isn't what was decided on any more
   */
  async override(
    credentials: BackstageCredentials,
    number: number,
    { evidence, reason: given, accepted }: OverrideRequest,
  ): Promise<RequestRow> {
    const { desk } = this;
    const reason = cleanMessage(given) ?? '';
    const entered = await desk.enter(credentials, number, 'override');
    const { examined } = entered;
    if (findOwnDecision(entered, { decision: 'override', evidence })) {
      return desk.readAgain(examined.row);
    }
    await desk.check(entered, 'override', examined.permits.override);
    if (reason.length < LEAST_REASON) {
      throw new InputError(
        `Say why in ${LEAST_REASON} characters or more; it stands in the audit trail`,
      );
    }
    await desk.checkEvidence(examined, evidence);
    return commitDecision(desk.options, entered, {
      decision: 'override',
      comment: reason,
      accepted: acceptWarnings(examined.look.verdicts, accepted),
    });
  }
}
