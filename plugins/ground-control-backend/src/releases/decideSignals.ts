import {
  ChangeSignal,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Change } from '../lib/ChangeHub';

/** What open pages are told. */
export interface WantedSignals {
  kinds: Set<ChangeSignal['kind']>;
  /** Services whose pages are told of `releases`, beside `kinds`. */
  services?: ServiceRef[] | 'all';
}

/**
 * Decides which answers changes are seen in. Boards hold the connection to each
 * cluster, and clusters count their services.
 */
export function decideSignals(changes: Change[]): WantedSignals {
  const kinds: WantedSignals['kinds'] = new Set();
  let services: WantedSignals['services'];
  for (const change of changes) {
    if (change.kind === 'services' || change.kind === 'cluster-services') {
      if (change.kind === 'cluster-services') kinds.add('clusters');
      services =
        services === 'all' || change.services === 'all'
          ? 'all'
          : [...(services ?? []), ...change.services];
    } else {
      if (change.kind === 'clusters' && change.ofConnection) services = 'all';
      kinds.add(change.kind);
    }
  }
  return { kinds, services };
}
