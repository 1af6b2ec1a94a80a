import type { Control } from '../types.ts';
import { linkFaults } from './linkFaults.ts';
import { link, unlink } from './linking.ts';
import { mirrorFault } from './mirrorFault.ts';
import { trustRoot } from './trustRoot.ts';

/** What can be done to the links between the clusters from outside. */
export const linkControls: Control[] = [
  ...linkFaults,
  link,
  unlink,
  mirrorFault,
  trustRoot,
];
