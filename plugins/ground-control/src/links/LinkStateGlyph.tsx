import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';
import { Status, StatusGlyph } from '../components/StatusGlyph';

const GLYPHS: Record<LinkState, Status> = {
  down: 'failed',
  high: 'high',
  elevated: 'warning',
  stale: 'stale',
  'never-sampled': 'never-reported',
  normal: 'fine',
  'not-linked': 'not-released',
  hidden: 'locked',
};

/** A link's state as a shape; its word always stands beside it, shown or hidden. */
export function LinkStateGlyph(props: { state: LinkState }) {
  return <StatusGlyph status={GLYPHS[props.state]} />;
}
