import {
  ReleaseRequest,
  RequestState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A request's state, or how it ended where nobody saw it run everywhere. */
export type ShownState = RequestState | 'no-clusters' | 'replaced';

export function shownState({
  state,
  code,
}: Pick<ReleaseRequest, 'state' | 'code'>): ShownState {
  const isUnseen =
    state === 'succeeded' && (code === 'no-clusters' || code === 'replaced');
  return isUnseen ? code : state;
}
