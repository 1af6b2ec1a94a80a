import { ShownState } from '../lib/shownState';
import { Status, StatusGlyph } from './StatusGlyph';

const GLYPHS: Record<ShownState, Status> = {
  pending: 'stale',
  held: 'suspended',
  approved: 'pending',
  committed: 'rolling-out',
  succeeded: 'fine',
  'no-clusters': 'recorded',
  replaced: 'past',
  unmeasured: 'unknown',
  rejected: 'not-released',
  cancelled: 'past',
  expired: 'never-reported',
  outdated: 'warning',
  superseded: 'past',
  failed: 'failed',
};

/** How far a request is, as a shape; the word stands beside it. */
export function RequestStateGlyph(props: { state: ShownState }) {
  return <StatusGlyph status={GLYPHS[props.state]} />;
}
