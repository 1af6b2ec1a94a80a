import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { RequestChanges } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestClusterRow, RequestRow, StepRow } from '../types';

/** `decided`: who approved it, or went over a block. */
export type Audience = 'deciders' | 'requester' | 'decided' | 'squad';

/** What people are told of a step, before it is known who they are. */
export interface Telling {
  to: Audience[];
  payload: NotificationSendOptions['payload'];
}

/** A step that nobody was told of yet, and its request as it is now. */
export interface UntoldStep {
  step: StepRow;
  request: RequestRow;
  clusters: RequestClusterRow[];
  /** What lies between the running artifact and the requested one, where it is asked for. */
  changes?: Pick<RequestChanges, 'kind' | 'total'>;
}
