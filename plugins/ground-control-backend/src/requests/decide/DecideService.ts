import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DecideRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { cleanMessage } from '../addStep';
import { RequestRow } from '../types';
import { acceptWarnings } from './acceptWarnings';
import { commitDecision } from './commitDecision';
import { findOwnDecision } from './findOwnDecision';
import { RequestDesk } from './RequestDesk';

/** Takes approvals and rejections. */
export class DecideService {
  constructor(private readonly desk: RequestDesk) {}

  /**
   * Approves or rejects a request, for good. The same again changes nothing.
   *
   * @throws ConflictError where it isn't what was decided on any more
   */
  async decide(
    credentials: BackstageCredentials,
    number: number,
    input: DecideRequest,
  ): Promise<RequestRow> {
    const { desk } = this;
    const { decision: what, evidence } = input;
    const comment = cleanMessage(input.comment) ?? undefined;
    const entered = await desk.enter(credentials, number, what);
    const { examined } = entered;
    // A double click, or an answer that got lost.
    if (findOwnDecision(entered, { decision: what, evidence })) {
      return desk.readAgain(examined.row);
    }
    await desk.check(entered, what, examined.permits[what]);
    if (what === 'reject' && !comment) {
      throw new InputError('Say in a comment why you reject it');
    }
    await desk.checkEvidence(examined, evidence);
    const accepted =
      what === 'approve'
        ? acceptWarnings(examined.look.verdicts, input.accepted)
        : [];
    return commitDecision(desk.options, entered, {
      decision: what,
      comment,
      accepted,
    });
  }
}
