import type { Control } from '../types.ts';
import { breakControls } from './breakPods.ts';
import { clusterFault } from './clusterFault.ts';
import { drift } from './drift.ts';
import { heal } from './heal.ts';
import { rebuild } from './rebuild.ts';
import { renewToken } from './renewToken.ts';
import { sourceFault } from './sourceFault.ts';
import { resume, suspend } from './suspend.ts';
import { weight } from './weight.ts';

/** What can be done to the clusters from outside. */
export const clusterControls: Control[] = [
  clusterFault,
  renewToken,
  suspend,
  resume,
  ...breakControls,
  heal,
  drift,
  sourceFault,
  rebuild,
  weight,
];
