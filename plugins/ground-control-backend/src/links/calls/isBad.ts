import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';

const BAD: readonly LinkState[] = ['down', 'high', 'elevated'];

/** Whether a link isn't well; of one that isn't known that can't be said. */
export function isBad(state: LinkState): boolean {
  return BAD.includes(state);
}
