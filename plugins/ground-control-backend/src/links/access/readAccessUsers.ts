import {
  formatServiceRef,
  LinkCell,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../releases';
import { buildLinkCalls } from '../calls/buildLinkCalls';
import { decideCalls } from '../calls/decideCalls';
import { readCallFacts } from '../calls/readCallFacts';
import { readSight } from '../calls/readSight';
import { readTrafficMissing } from '../traffic/readTrafficMissing';
import { AccessUsers } from './types';

/** Reads who uses an entry, as one reader may see it, or how many they are. */
export async function readAccessUsers(
  context: ReadContext,
  options: {
    /** As its cluster has it. */
    name: string;
    namespace: string;
    cluster: string;
    /** The service, where it is one that we know. */
    called?: ServiceRef;
    cells: ReadonlyMap<string, LinkCell>;
    now: number;
    /** Callers are counted and not named. */
    isCounted?: boolean;
  },
): Promise<AccessUsers> {
  const { called, cells, cluster, isCounted, name, namespace, now } = options;
  const { knex, repository } = context;
  const [facts, trafficMissing] = await Promise.all([
    readCallFacts(knex, { repository, now, declared: true }),
    readTrafficMissing(knex, now),
  ]);
  const found = decideCalls(facts).filter(
    ({ to, calleeName, calleeParty }) =>
      to === cluster &&
      (called
        ? calleeParty?.name === called.name &&
          calleeParty.namespace === called.namespace
        : calleeParty === null && calleeName === name),
  );
  const mirrored = facts.mirrored.filter(
    row =>
      row.target === cluster &&
      row.service === name &&
      row.serviceNamespace === namespace,
  );
  const counted = {
    calling: found.filter(({ traffic }) => traffic !== null).length,
    mirroredIn: [...new Set(mirrored.map(row => row.cluster))],
    trafficMissing,
  };
  if (isCounted) {
    const callers = found.map(({ caller, squadRef }) =>
      caller ? formatServiceRef(caller) : squadRef,
    );
    const hidden = new Set(callers).size;
    return { ...counted, seen: [], hidden, isCounted };
  }
  const sight = await readSight(context, found);
  const seen = buildLinkCalls(found, { cells, sight });
  return {
    ...counted,
    seen: seen.map(({ from, caller, squad, traffic }) => ({
      from,
      caller,
      squad,
      calls: traffic !== null,
    })),
    hidden: found.length - seen.length,
  };
}
