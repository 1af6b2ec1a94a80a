import { useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { decideNeighbours, Neighbours } from './decideNeighbours';
import { parseRequestsState, toRequestQuery } from './requestsState';

/** As many as the inbox shows at first. */
const MOST = 50;

/** The list that the reader came from. */
export interface Inbox {
  /** In the list's order, as far as they are loaded; absent until they are. */
  items?: ReleaseRequest[];
  /** It is what waits for the reader, and not another tab. */
  waiting: boolean;
  /** The list's filters, to be handed on to the next request. */
  search: string;
}

/**
 * The list that the reader came from, kept fresh; whoever came from elsewhere
 * gets what waits for them.
 */
export function useInbox(): Inbox {
  const api = useGroundControlApi();
  const given: unknown = useLocation().state?.inbox;
  const search = typeof given === 'string' ? given : '';
  const { state } = parseRequestsState(new URLSearchParams(search));
  const query = { ...toRequestQuery(state), limit: MOST };
  const { data } = useLive(
    `inbox ${JSON.stringify(query)}`,
    signal => api.getRequests(query, signal),
    ['requests'],
  );
  return { items: data?.items, waiting: state.status === 'waiting', search };
}

/** What lies beside a request in its list. */
export interface Beside extends Neighbours<ReleaseRequest> {
  /** How many there are; absent until they are loaded. */
  total?: number;
  inbox: Inbox;
}

/** Finds what lies beside a request, also once it has left the list. */
export function useBeside(inbox: Inbox, request: ReleaseRequest): Beside {
  const place = useRef<number>();
  // The list is told of a decision a moment later than the one who decides.
  const left = inbox.waiting && request.state !== 'pending';
  const items = (inbox.items ?? []).filter(
    ({ id }) => !left || id !== request.id,
  );
  const neighbours = decideNeighbours(items, request.id, place.current);
  place.current = neighbours.place ?? place.current;
  return { ...neighbours, total: inbox.items && items.length, inbox };
}
