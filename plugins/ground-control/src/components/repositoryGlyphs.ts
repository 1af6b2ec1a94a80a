import { RepositoryState } from '@ground-control/backstage-plugin-ground-control-common';
import { Status } from './StatusGlyph';

/** How each state of the config repository looks. */
export const REPOSITORY_GLYPHS: Record<RepositoryState, Status> = {
  fresh: 'fine',
  starting: 'never-reported',
  ingesting: 'rolling-out',
  stale: 'stale',
  unreachable: 'failed',
  forbidden: 'locked',
  missing: 'failed',
  empty: 'not-released',
  failing: 'failed',
};
