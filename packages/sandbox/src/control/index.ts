import { accessControls } from './access.ts';
import { clusterControls } from './clusters/index.ts';
import { linkControls } from './links/index.ts';
import { breakArtifact } from './breakArtifact.ts';
import { build } from './build.ts';
import { hostile } from './hostile.ts';
import { release } from './release.ts';
import { refusePushesControl } from './refusePushes.ts';
import { rewrite } from './rewrite.ts';
import { status } from './status.ts';
import type { Control } from './types.ts';

/** All of them: each is a path below /control/ and a command. */
export const CONTROLS: Control[] = [
  release,
  build,
  rewrite,
  breakArtifact,
  hostile,
  ...accessControls,
  refusePushesControl,
  ...clusterControls,
  ...linkControls,
  status,
];
