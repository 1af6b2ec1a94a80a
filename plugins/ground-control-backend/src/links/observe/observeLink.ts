import {
  readConditions,
  readFields,
  readLabel,
  readName,
  readText,
} from '../../clusters/observe/fields';
import { readList, readObject, readPort } from './readObject';
import { FailingMirror, ObservedLink } from './types';

/** A gateway has an address for each zone at most. */
const MOST_ADDRESSES = 16;
const LONGEST_ADDRESSES = 4_000;
const LONGEST_IDENTITY = 500;
const LONGEST_PERIOD = 32;
/** A cluster that exports more has them left out, and is still linked. */
const MOST_MIRRORED = 10_000;
/** They come by one cause, such as a quota; and each is a row. */
const MOST_FAILING = 1_000;
const LONGEST_REASON = 100;

function readAddresses(value: unknown): string[] {
  if (typeof value !== 'string' || value.length > LONGEST_ADDRESSES) return [];
  const addresses = value
    .split(',')
    .map(one => readName(one.trim()))
    .filter(one => one !== undefined);
  return [...new Set(addresses)].slice(0, MOST_ADDRESSES);
}

function readFailing(value: unknown, target: string): FailingMirror[] {
  const failing: FailingMirror[] = [];
  for (const entry of readList(value, MOST_MIRRORED)) {
    if (failing.length === MOST_FAILING) break;
    const fields = readFields(entry);
    const mirrored = readConditions(fields?.conditions).get('Mirrored');
    if (mirrored?.status !== 'False') continue;
    const remote = readFields(fields?.remoteRef);
    const name = readName(remote?.name);
    const namespace = readName(remote?.namespace);
    if (!name || !namespace) continue;
    const { reason, message } = mirrored;
    failing.push({
      service: { namespace, name },
      // Linkerd names it so, and says it only of one that is there.
      name: `${name}-${target}`,
      reason: reason.slice(0, LONGEST_REASON) || 'Error',
      ...(message && { message }),
    });
  }
  return failing;
}

/**
 * A Link, in each of its versions: v1alpha1 has no status, and so nothing that
 * is failing.
 */
export function observeLink(object: unknown): ObservedLink | undefined {
  const parts = readObject(object);
  const spec = parts?.spec;
  const target = readName(spec?.targetClusterName);
  if (!parts || !spec || !target) return undefined;
  const gatewayPort = readPort(spec.gatewayPort);
  const gatewayIdentity = readText(spec.gatewayIdentity, LONGEST_IDENTITY);
  const probePeriod = readLabel(
    readFields(spec.probeSpec),
    'period',
    LONGEST_PERIOD,
  );
  return {
    ...parts.ref,
    target,
    gateway: readAddresses(spec.gatewayAddress),
    ...(gatewayPort && { gatewayPort }),
    ...(gatewayIdentity && { gatewayIdentity }),
    ...(probePeriod && { probePeriod }),
    failing: readFailing(parts.status?.mirrorServices, target),
  };
}
