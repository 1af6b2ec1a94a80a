import { nameAll } from '../../lib/nameAll';
import { ServiceCalls } from '../../links/calls/types';
import { CrossedLink, saySince } from './crossedLinks';

/** Something that isn't known of a service's links, and what would make it known. */
export interface LinkGap {
  why: string;
  remedy: string;
}

function findGapOf(
  { link, name, callees }: CrossedLink,
  unread: string[],
): LinkGap | undefined {
  const { from, to, state } = link;
  const called = nameAll(callees);
  const remedy = `look at the page of ${name} for why`;
  switch (state) {
    case 'stale':
      return {
        why: `${name}, over which it calls ${called}, isn't heard of${saySince(
          link,
        )}`,
        remedy,
      };
    case 'never-sampled':
      return {
        why: `${name}, over which it calls ${called}, was never measured`,
        remedy,
      };
    case 'not-linked':
      return unread.includes(from)
        ? {
            why: `${name}, over which it calls ${called}, isn't measured, and the links of ${from} can't be read`,
            remedy: `look at the page of the cluster ${from} for why`,
          }
        : {
            why: `it was counted to call ${called} of ${to} from ${from}, which has no link there now`,
            remedy: `have platform engineers link ${from} with ${to}`,
          };
    default:
      return undefined;
  }
}

/**
 * Finds what isn't known of the links that a service calls over.
 *
 * @param links - those that its calls cross
 */
export function findLinkGaps(
  links: CrossedLink[],
  known: ServiceCalls,
  environment: string,
): LinkGap[] {
  const { clusters, trafficMissing, unread } = known;
  if (clusters.length === 0) {
    return [
      {
        why: `no cluster that carries ${environment} is known`,
        remedy: 'configure the clusters (groundControl.clusters)',
      },
    ];
  }
  const gaps = links.flatMap(link => findGapOf(link, unread) ?? []);
  return trafficMissing === null
    ? gaps
    : [
        ...gaps,
        {
          why: `its calls, or some of them, aren't counted: ${trafficMissing}`,
          remedy: 'have what counts calls mended (groundControl.linkTraffic)',
        },
      ];
}
