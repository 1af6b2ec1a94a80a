import { readFields, readLabel, readName } from '../../clusters/observe/fields';
import { EXPORTED, MIRRORED } from './labels';
import { readList, readObject, readPort } from './readObject';
import { ObservedExported } from './types';

const MOST_PORTS = 50;
/** Through a gateway, or where the networks of the clusters are one. */
const EXPORTING = ['true', 'remote-discovery'];

/** A Service of the cluster's own that others may mirror. */
export function observeExported(object: unknown): ObservedExported | undefined {
  const parts = readObject(object);
  if (!parts) return undefined;
  const { ref, labels, spec, managedByGateway } = parts;
  const isExported = EXPORTING.includes(readLabel(labels, EXPORTED) ?? '');
  if (!isExported || readLabel(labels, MIRRORED) === 'true') return undefined;
  const ports = readList(spec?.ports, MOST_PORTS).flatMap(
    one => readPort(readFields(one)?.port) ?? [],
  );
  const externalName =
    spec?.type === 'ExternalName' ? readName(spec.externalName) : undefined;
  return {
    ...ref,
    ports: [...new Set(ports)],
    ...(externalName && { externalName }),
    managedByGateway,
  };
}
