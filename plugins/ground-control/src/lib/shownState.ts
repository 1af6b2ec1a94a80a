import {
  ReleaseRequest,
  RequestState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A request's state, or how it ended where nobody saw it run or answer everywhere. */
export type ShownState =
  | RequestState
  | 'no-clusters'
  | 'replaced'
  | 'unmeasured';

const UNSEEN: Record<string, ShownState> = {
  'no-clusters': 'no-clusters',
  replaced: 'replaced',
  // Of access alone.
  'mirrored-unmeasured': 'unmeasured',
  'ingress-there': 'unmeasured',
};

export function shownState({
  state,
  code,
}: Pick<ReleaseRequest, 'state' | 'code'>): ShownState {
  return (state === 'succeeded' && UNSEEN[code]) || state;
}
