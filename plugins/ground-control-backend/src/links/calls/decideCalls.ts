import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { CallBook } from './CallBook';
import { ClusterMirrored } from '../store';
import { createPartyFinder, PartyFinder } from './findParty';
import { CallFacts, FoundCall, KnownParty, TargetEntry } from './types';

/** Several squads may name the same resource. */
type Targets = ReadonlyMap<string, TargetEntry[]>;

interface Lookup {
  find: PartyFinder<KnownParty>;
  targets: Targets;
  /** Services that an entry names, by cluster. */
  named: ReadonlySet<string>;
}

/** Of what a cluster has in a namespace. */
const nameKey = (
  ...names: [cluster: string, namespace: string, name: string]
) => names.join('\0');

function groupTargets(entries: TargetEntry[]): Targets {
  const targets = new Map<string, TargetEntry[]>();
  for (const one of entries) {
    const key = nameKey(one.cluster, one.namespace, one.hostName);
    targets.set(key, [...(targets.get(key) ?? []), one]);
  }
  return targets;
}

function addTraffic(
  book: CallBook,
  facts: CallFacts,
  { find, targets, named }: Lookup,
) {
  for (const one of facts.traffic) {
    // What stays in a cluster crosses no link.
    if (one.from === one.to) continue;
    const callerParty = find(one.namespace, one.workload, one.from) ?? null;
    const calleeParty = find(one.serviceNamespace, one.service, one.to) ?? null;
    const key = nameKey(one.to, one.serviceNamespace, one.service);
    const entries = calleeParty ? [] : targets.get(key) ?? [];
    const squadRef = callerParty?.squadRef ?? null;
    const isOfSquad =
      squadRef !== null && entries.some(entry => entry.squadRef === squadRef);
    const { requestsPerSecond, errors, p95Ms, observedAt } = one;
    book.add({
      from: one.from,
      to: one.to,
      caller: callerParty
        ? { namespace: callerParty.namespace, name: callerParty.name }
        : { namespace: one.namespace, name: one.workload },
      callerParty,
      squadRef,
      calleeName: calleeParty?.name ?? one.service,
      calleeParty,
      isNamed: entries.length > 0 || named.has(key),
      sources: isOfSquad ? ['entry', 'traffic'] : ['traffic'],
      traffic: {
        requestsPerSecond,
        errors,
        p95Ms,
        ...(observedAt !== undefined && { observedAt }),
      },
    });
  }
}

function addDeclared(
  book: CallBook,
  facts: CallFacts,
  { find, named }: Lookup,
) {
  const parties = new Map(
    facts.parties.map(one => [formatServiceRef(one), one]),
  );
  const places = new Map<string, string[]>();
  for (const { cluster, ...ref } of facts.places) {
    const key = formatServiceRef(ref);
    places.set(key, [...(places.get(key) ?? []), cluster]);
  }
  const mirrored = new Map<string, Map<string, ClusterMirrored[]>>();
  for (const one of facts.mirrored) {
    const party = find(one.serviceNamespace, one.service, one.target);
    if (!party) continue;
    const key = formatServiceRef(party);
    const byCluster = mirrored.get(key) ?? new Map<string, ClusterMirrored[]>();
    mirrored.set(key, byCluster);
    byCluster.set(one.cluster, [...(byCluster.get(one.cluster) ?? []), one]);
  }
  for (const { caller, callee } of facts.declared) {
    const callerParty = parties.get(formatServiceRef(caller));
    const calleeParty = parties.get(formatServiceRef(callee));
    if (!callerParty || !calleeParty) continue;
    const over = mirrored.get(formatServiceRef(callee));
    for (const from of places.get(formatServiceRef(caller)) ?? []) {
      for (const one of over?.get(from) ?? []) {
        const { target, serviceNamespace, service } = one;
        book.add({
          from,
          to: target,
          caller: { namespace: caller.namespace, name: caller.name },
          callerParty,
          squadRef: callerParty.squadRef,
          calleeName: calleeParty.name,
          calleeParty,
          isNamed: named.has(nameKey(target, serviceNamespace, service)),
          sources: ['catalog'],
          traffic: null,
        });
      }
    }
  }
}

/** Of entries whose squad is seen to call, traffic has told already who does. */
function addEntries(book: CallBook, facts: CallFacts, { targets }: Lookup) {
  const seen = new Set(
    book.all
      .filter(call => call.sources.includes('entry'))
      .map(call =>
        JSON.stringify([call.from, call.to, call.calleeName, call.squadRef]),
      ),
  );
  for (const one of facts.mirrored) {
    const { cluster, target, serviceNamespace, service } = one;
    const key = nameKey(target, serviceNamespace, service);
    for (const { squadRef } of targets.get(key) ?? []) {
      const isThere =
        squadRef !== null &&
        facts.clustersOfSquads.get(squadRef)?.has(cluster) &&
        !seen.has(JSON.stringify([cluster, target, service, squadRef]));
      if (!isThere) continue;
      book.add({
        from: cluster,
        to: target,
        caller: null,
        callerParty: null,
        squadRef,
        calleeName: service,
        calleeParty: null,
        isNamed: true,
        sources: ['entry'],
        traffic: null,
      });
    }
  }
}

/**
 * Decides which calls cross which link, or may: what the mesh counted; what the
 * catalog relates, where the one runs and the other is mirrored there; and what
 * entries of the gateway name, where it is mirrored and their squad runs
 * something.
 */
export function decideCalls(facts: CallFacts): FoundCall[] {
  const lookup: Lookup = {
    find: createPartyFinder(facts.parties, facts.environments),
    targets: groupTargets(facts.targets),
    named: new Set(
      facts.ingresses.map(one =>
        nameKey(one.cluster, one.namespace, one.service),
      ),
    ),
  };
  const book = new CallBook();
  addTraffic(book, facts, lookup);
  addDeclared(book, facts, lookup);
  addEntries(book, facts, lookup);
  return book.all;
}
