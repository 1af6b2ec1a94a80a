import {
  AccessStanding,
  AccessUser,
  AccessWish,
} from '@ground-control/backstage-plugin-ground-control-common';
import { LinkReadContext } from '../../../latency/reading/types';
import { ReadContext } from '../../../releases';
import { readAskedAccess } from '../../../requests/store/readAskedAccess';
import { AccessRow } from '../../../requests/types';
import { GatewaySettings } from '../../entries/types';
import { readExported } from '../../store';
import { readAccessLinks, ReadAccessLinks } from '../readAccessLinks';
import { readAccessUsers } from '../readAccessUsers';
import { readCalled } from '../readCalled';

/** What the standing of requests for access is read with. */
export interface StandingOptions {
  gateway: GatewaySettings;
  readLinkedPairs: LinkReadContext['readLinkedPairs'];
}

interface Users {
  seen: AccessUser[];
  hidden: number;
}

/** Where the gateway made a Service of a target; else where it will. */
async function findNamespace(
  { knex }: ReadContext,
  { cluster, name }: AccessWish,
  gateway: GatewaySettings,
): Promise<string> {
  const exported = await readExported(knex, { cluster });
  const there = exported.find(one => one.service === name);
  return there?.namespace ?? gateway.namespace;
}

/** Who uses what is to be removed, as the reader may see it. */
async function readUsers(
  context: ReadContext,
  wish: AccessWish,
  options: {
    gateway: GatewaySettings;
    cells: ReadAccessLinks['cells'];
    now: Date;
  },
): Promise<Users> {
  if (wish.change !== 'remove') return { seen: [], hidden: 0 };
  const { cells, gateway, now } = options;
  const { cluster, kind, name, namespace = '' } = wish;
  // Who asks needn't see the called service, and may see callers of it.
  const whole: ReadContext = { ...context, services: { kind: 'all' } };
  const called =
    kind === 'ingress'
      ? await readCalled(whole, { name, namespace, cluster })
      : undefined;
  return readAccessUsers(context, {
    name,
    namespace:
      kind === 'ingress'
        ? namespace
        : await findNamespace(context, wish, gateway),
    cluster,
    called,
    cells,
    now: now.getTime(),
  });
}

/**
 * Reads what an open request for access is decided by, as one reader may see
 * it: to who may not read clusters links are hidden, and so is who calls over
 * them.
 */
export async function readStanding(
  context: ReadContext,
  row: AccessRow,
  options: StandingOptions & { now: Date; clusters: boolean },
): Promise<AccessStanding> {
  const { knex } = context;
  const asked = (await readAskedAccess(knex, [row.number])).get(row.number);
  if (!asked)
    throw new Error(`Nothing is known of what ${row.number} asks for`);
  const { wish } = asked;
  const { cells, links } = await readAccessLinks(knex, { ...options, wish });
  const { hidden, seen } = await readUsers(context, wish, {
    ...options,
    cells,
  });
  if (!options.clusters) {
    return {
      links: links.map(link => ({
        ...link,
        state: 'hidden',
        valueMs: null,
        approximate: false,
      })),
      users: [],
      hiddenUsers: hidden + seen.length,
    };
  }
  return { links, users: seen, hiddenUsers: hidden };
}
