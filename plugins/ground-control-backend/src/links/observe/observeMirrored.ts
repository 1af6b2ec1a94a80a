import { readLabel, readName } from '../../clusters/observe/fields';
import { MIRRORED, MIRRORED_GATEWAY, REMOTE_NAME, TARGET } from './labels';
import { readObject } from './readObject';
import { ObservedMirrored } from './types';

/** `<service>.<namespace>.svc.<domain>` */
const LONGEST_REMOTE_NAME = 600;
const REMOTE = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/;

/**
 * A Service that stands for one of a target. Which one its labels and its
 * annotation say; its name doesn't, because services and clusters may have
 * dashes in theirs.
 */
export function observeMirrored(object: unknown): ObservedMirrored | undefined {
  const parts = readObject(object);
  if (!parts) return undefined;
  const { labels, annotations } = parts;
  if (readLabel(labels, MIRRORED) !== 'true') return undefined;
  if (readLabel(labels, MIRRORED_GATEWAY) === 'true') return undefined;
  const target = readLabel(labels, TARGET);
  const remote = readLabel(annotations, REMOTE_NAME, LONGEST_REMOTE_NAME);
  const found = remote === undefined ? null : REMOTE.exec(remote);
  const name = readName(found?.[1]);
  const namespace = readName(found?.[2]);
  if (!target || !name || !namespace) return undefined;
  return { ...parts.ref, target, service: { namespace, name } };
}
