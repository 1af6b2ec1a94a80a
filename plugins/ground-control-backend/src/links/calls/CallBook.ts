import {
  formatServiceRef,
  LinkCallSource,
  LinkTraffic,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FoundCall } from './types';

/** Where it is known from, in this order. */
const SOURCES: readonly LinkCallSource[] = ['catalog', 'entry', 'traffic'];

function addTraffic(a: LinkTraffic, b: LinkTraffic): LinkTraffic {
  const total = a.requestsPerSecond + b.requestsPerSecond;
  const known = [a, b].filter(one => one.errors !== null);
  const weight = known.reduce((sum, one) => sum + one.requestsPerSecond, 0);
  const failed = known.reduce(
    (sum, one) => sum + one.requestsPerSecond * one.errors!,
    0,
  );
  const slowest = Math.max(a.p95Ms ?? -1, b.p95Ms ?? -1);
  return {
    requestsPerSecond: total,
    errors: weight > 0 ? failed / weight : null,
    p95Ms: slowest < 0 ? null : slowest,
    ...(a.observedAt !== undefined && { observedAt: a.observedAt }),
  };
}

/** Calls by who calls what over which link, whatever says so. */
export class CallBook {
  private readonly calls = new Map<string, FoundCall>();

  add(call: FoundCall): void {
    const key = JSON.stringify([
      call.from,
      call.to,
      call.caller ? formatServiceRef(call.caller) : [call.squadRef],
      call.calleeParty ? formatServiceRef(call.calleeParty) : [call.calleeName],
    ]);
    const known = this.calls.get(key);
    if (!known) {
      this.calls.set(key, { ...call });
      return;
    }
    known.sources = SOURCES.filter(
      source => known.sources.includes(source) || call.sources.includes(source),
    );
    known.isNamed ||= call.isNamed;
    known.traffic =
      known.traffic && call.traffic
        ? addTraffic(known.traffic, call.traffic)
        : known.traffic ?? call.traffic;
  }

  get all(): FoundCall[] {
    return [...this.calls.values()];
  }
}
