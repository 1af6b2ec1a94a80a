import {
  formatServiceRef,
  isUsedCall,
  LINK_STATES,
  LinkCall,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../../latency/book/pairKey';
import { isBad } from './isBad';
import { FoundCall, KnownParty } from './types';

/** What a reader may see. */
export interface CallSight {
  /** Everything, what we don't know as a service too. */
  all: boolean;
  /** Services, as `formatServiceRef` writes them. */
  services: ReadonlySet<string>;
  /** Squads of which they may see a service. */
  squads: ReadonlySet<string>;
}

const toRef = ({ namespace, name }: KnownParty) => ({ namespace, name });

/**
 * A call as a reader sees it: one by whom they may not see is left out, and so
 * is one to what they may not see, unless an entry of the gateway names it.
 */
function see(call: FoundCall, sight: CallSight) {
  const { callerParty, calleeParty, squadRef } = call;
  const maySee = (party: KnownParty) =>
    sight.all || sight.services.has(formatServiceRef(party));
  const isCallerSeen = callerParty
    ? maySee(callerParty)
    : sight.all ||
      (call.caller === null && squadRef !== null && sight.squads.has(squadRef));
  if (!isCallerSeen) return undefined;
  const seen = calleeParty && maySee(calleeParty) ? calleeParty : null;
  if (!seen && !call.isNamed && !(sight.all && !calleeParty)) return undefined;
  return {
    callee: seen && toRef(seen),
    calleeSquad: seen?.squadRef ?? null,
  };
}

/** Nothing gets over one that is down, which has no value to compare. */
function rank({ state }: LinkCall): number {
  if (state === 'down') return 0;
  return isBad(state) ? 1 : 2;
}

/** What is waited for in each second beyond what is usual. */
function cost({ baselineMs, traffic, valueMs }: LinkCall): number {
  if (!traffic || valueMs === null || baselineMs === null) return 0;
  return traffic.requestsPerSecond * Math.max(0, valueMs - baselineMs);
}

function compare(a: LinkCall, b: LinkCall): number {
  const worst = (call: LinkCall) => LINK_STATES.indexOf(call.state);
  const often = (call: LinkCall) => call.traffic?.requestsPerSecond ?? 0;
  const name = (call: LinkCall) =>
    [
      call.caller ? formatServiceRef(call.caller) : '',
      call.calleeName,
      call.from,
      call.to,
    ].join('\0');
  return (
    rank(a) - rank(b) ||
    cost(b) - cost(a) ||
    often(b) - often(a) ||
    worst(a) - worst(b) ||
    (name(a) < name(b) ? -1 : Number(name(a) > name(b)))
  );
}

/**
 * Puts calls beside the links that they cross, as one reader may see them:
 * those over a link that is down first, then those over one that is high or
 * elevated, each by what their requests wait for beyond the baseline.
 */
export function buildLinkCalls(
  found: FoundCall[],
  options: { cells: ReadonlyMap<string, LinkCell>; sight: CallSight },
): LinkCall[] {
  const calls: LinkCall[] = [];
  for (const call of found) {
    const seen = see(call, options.sight);
    if (!seen) continue;
    const cell = options.cells.get(pairKey(call.from, call.to));
    const state = cell?.state ?? 'not-linked';
    calls.push({
      from: call.from,
      to: call.to,
      caller: call.caller,
      squad: call.squadRef,
      callee: seen.callee,
      calleeName: call.calleeName,
      calleeSquad: seen.calleeSquad,
      sources: call.sources,
      state,
      code: cell?.code ?? 'not-linked',
      since: cell?.since ?? null,
      valueMs: cell?.valueMs ?? null,
      approximate: cell?.approximate ?? false,
      baselineMs: cell?.baselineMs ?? null,
      loss: cell?.loss ?? null,
      traffic: call.traffic,
      affected: isBad(state) && isUsedCall(call),
    });
  }
  return calls.sort(compare);
}
