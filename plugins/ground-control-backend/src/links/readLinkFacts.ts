import { LinkFacts } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { decideTrust } from './decideTrust';
import { readLinkRows, readLinkWatch, readMirrored, readTrust } from './store';

const formatTime = (time: number | null) =>
  time === null ? null : new Date(time).toISOString();

/** What a cluster says of its link to another; null where it has said nothing. */
export async function readLinkFacts(
  knex: Knex,
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<LinkFacts | null> {
  const [[link], [watch], mirrored, [fromTrust], [toTrust]] = await Promise.all(
    [
      readLinkRows(knex, { cluster: from, target: to }),
      readLinkWatch(knex, { cluster: from }),
      readMirrored(knex, { cluster: from, target: to }),
      readTrust(knex, { cluster: from }),
      readTrust(knex, { cluster: to }),
    ],
  );
  if (!link) return null;
  const { trust, endsAt } = decideTrust(fromTrust, toTrust, now.getTime());
  return {
    from,
    to,
    gateway: link.gateway,
    gatewayPort: link.gatewayPort,
    gatewayIdentity: link.gatewayIdentity,
    probePeriod: link.probePeriod,
    mirrored: mirrored.map(
      ({ cluster: ignored, target: alsoIgnored, ...service }) => service,
    ),
    trust,
    trustEndsAt: formatTime(endsAt),
    fromRoots: fromTrust?.roots ?? [],
    toRoots: toTrust?.roots ?? [],
    observedAt: formatTime(watch?.observedAt ?? link.observedAt),
  };
}
