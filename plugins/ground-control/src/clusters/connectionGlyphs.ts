import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { Status } from '../components/StatusGlyph';

/** How each state of our connection to a cluster looks. */
export const CONNECTION_GLYPHS: Record<ClusterConnectionState, Status> = {
  starting: 'never-reported',
  syncing: 'rolling-out',
  live: 'fine',
  stale: 'stale',
  unreachable: 'failed',
  unauthorized: 'locked',
  forbidden: 'locked',
  mistaken: 'problem',
  untrusted: 'problem',
  failing: 'failed',
};
