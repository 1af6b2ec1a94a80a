import {
  LinkCode,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** What ails a link that isn't well, in a word or two. */
export function wordOf(link: { state: LinkState; code: LinkCode }): string {
  const { state, code } = link;
  if (state === 'down') return 'down';
  if (code === 'loss') return 'lossy';
  return code === 'no-answer' ? 'not answering' : 'slow';
}
