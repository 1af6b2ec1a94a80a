import { readFields, readLabel, readName, readTime } from './fields';
import { parseRevision } from './parseRevision';
import { ObservedEvent } from './types';

const REVISION = 'kustomize.toolkit.fluxcd.io/revision';
/** `Deployment/payments/ledger-api configured`; ends of lines count. */
const CONFIGURED = /^\S{1,800} configured\s*$/m;
const LONGEST_LOOKED_AT = 20_000;

/**
 * An event of a Kustomization that tells of a success or of differences;
 * undefined for all others, which the Kustomization's status tells better.
 */
export function observeEvent(object: unknown): ObservedEvent | undefined {
  const event = readFields(object);
  const involved = readFields(event?.involvedObject);
  const namespace = readName(involved?.namespace);
  const name = readName(involved?.name);
  if (!event || involved?.kind !== 'Kustomization' || !namespace || !name) {
    return undefined;
  }
  const { message, reason } = event;
  const at =
    readTime(event.lastTimestamp) ??
    readTime(event.eventTime) ??
    readTime(event.firstTimestamp);
  const configured =
    typeof message === 'string' &&
    CONFIGURED.test(message.slice(0, LONGEST_LOOKED_AT));
  if (!at || !(configured || reason === 'ReconciliationSucceeded')) {
    return undefined;
  }
  const annotations = readFields(readFields(event.metadata)?.annotations);
  const commit = parseRevision(readLabel(annotations, REVISION, 1_100));
  return {
    kustomization: { namespace, name },
    at,
    configured,
    ...(commit && { commit }),
  };
}
