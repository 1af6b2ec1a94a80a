import {
  isUsedCall,
  LinkCalls,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../../latency/book/pairKey';
import { readMatrix } from '../../latency/reading/readMatrix';
import { LinkReadContext } from '../../latency/reading/types';
import { ReadContext } from '../../releases';
import { readTrafficMissing } from '../traffic/readTrafficMissing';
import { buildLinkCalls } from './buildLinkCalls';
import { decideCalls } from './decideCalls';
import { readCallFacts } from './readCallFacts';
import { readLinkReleases } from './readLinkReleases';
import { readSight } from './readSight';
import { FoundCall } from './types';

/** Which calls. */
export interface CallSelection {
  /** Entity refs of those who call; all when absent. */
  squads?: string[];
  /** Entity ref of the Component that calls or is called. */
  entityRef?: string;
  from?: string;
  to?: string;
}

/**
 * What holds now. Five minutes of probes every five seconds are enough for a
 * median, and for no higher percentile.
 */
export const CALLS_OVER = { window: '5m', percentile: 'p50' } as const;

function isSelected(call: FoundCall, selection: CallSelection): boolean {
  const { squads, entityRef, from, to } = selection;
  if (from !== undefined && call.from !== from) return false;
  if (to !== undefined && call.to !== to) return false;
  if (squads && !(call.squadRef !== null && squads.includes(call.squadRef))) {
    return false;
  }
  return (
    entityRef === undefined ||
    call.callerParty?.entityRef === entityRef ||
    call.calleeParty?.entityRef === entityRef
  );
}

export async function readCells(
  context: LinkReadContext,
): Promise<Map<string, LinkCell>> {
  const { cells } = await readMatrix(context, CALLS_OVER);
  return new Map(cells.map(cell => [pairKey(cell.from, cell.to), cell]));
}

/**
 * Reads who calls over links, as one reader may see it; that the reader may
 * read clusters was decided before.
 */
export async function readLinkCalls(
  context: ReadContext & LinkReadContext,
  selection: CallSelection,
): Promise<LinkCalls> {
  const { knex, repository, now } = context;
  const [facts, cells, trafficMissing] = await Promise.all([
    readCallFacts(knex, {
      repository,
      now: now.getTime(),
      declared: true,
      squads: selection.squads,
    }),
    readCells(context),
    readTrafficMissing(knex, now.getTime()),
  ]);
  const found = decideCalls(facts).filter(call => isSelected(call, selection));
  const sight = await readSight(context, found);
  const calls = buildLinkCalls(found, { cells, sight });
  const used = calls.filter(isUsedCall);
  return {
    asOf: now.toISOString(),
    ...CALLS_OVER,
    squads: selection.squads ?? null,
    calls,
    used: used.length,
    bad: used.filter(({ affected }) => affected).length,
    releases: await readLinkReleases(knex, {
      repository,
      calls,
      environments: facts.environments,
    }),
    trafficMissing,
  };
}
