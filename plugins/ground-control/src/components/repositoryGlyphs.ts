import { RepositoryState } from '@ground-control/backstage-plugin-ground-control-common';
import { Status } from './StatusGlyph';

/** How each state of the config repository looks. */
export const REPOSITORY_GLYPHS: Record<RepositoryState, Status> = {
  fresh: 'fine',
  starting: 'never-reported',
  ingesting: 'rolling',
  stale: 'stale',
  unreachable: 'failing',
  forbidden: 'locked',
  missing: 'failing',
  empty: 'not-released',
  failing: 'failing',
};
