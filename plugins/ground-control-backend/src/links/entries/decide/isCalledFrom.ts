import { GatewayEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { EntryFacts } from './types';

/**
 * Whether calls from a cluster to an entry cross a link, or are to: every
 * cluster that is linked to a target's own is to mirror it.
 */
export function isCalledFrom(
  from: string,
  { kind, cluster, links }: Pick<GatewayEntry, 'kind' | 'cluster' | 'links'>,
  facts: Pick<EntryFacts, 'linkedTo'>,
): boolean {
  return (
    links.some(link => link.from === from) ||
    (kind === 'target' && facts.linkedTo(cluster).includes(from))
  );
}
