import {
  LinkCallSource,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';

const BAD: readonly LinkState[] = ['down', 'high', 'elevated'];

/** Whether a link isn't well; of one that isn't known that can't be said. */
export function isBad(state: LinkState): boolean {
  return BAD.includes(state);
}

/** More than a relation of the catalog says so. */
export function isUsed({ sources }: { sources: LinkCallSource[] }): boolean {
  return sources.some(source => source !== 'catalog');
}
