import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { Status, StatusGlyph } from './StatusGlyph';

const GLYPHS: Record<RequestState, Status> = {
  pending: 'stale',
  held: 'suspended',
  approved: 'pending',
  committed: 'rolling-out',
  succeeded: 'fine',
  rejected: 'not-released',
  cancelled: 'past',
  expired: 'never-reported',
  outdated: 'warning',
  superseded: 'past',
  failed: 'failed',
};

/** How far a request is, as a shape; the word stands beside it. */
export function RequestStateGlyph(props: { state: RequestState }) {
  return <StatusGlyph status={GLYPHS[props.state]} />;
}
