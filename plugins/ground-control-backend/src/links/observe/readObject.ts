import { readFields, readLabel, readName } from '../../clusters/observe/fields';
import { readParts } from '../../clusters/observe/fluxObject';
import { GATEWAY, MANAGED_BY } from './labels';

const LARGEST_PORT = 65_535;

/** The parts of an object that is in a namespace; undefined for anything else. */
export function readObject(object: unknown) {
  const { metadata, spec, status } = readParts(object);
  const name = readName(metadata?.name);
  const namespace = readName(metadata?.namespace);
  if (!name || !namespace) return undefined;
  const labels = readFields(metadata?.labels);
  return {
    ref: { namespace, name },
    labels,
    annotations: readFields(metadata?.annotations),
    spec,
    status,
    managedByGateway: readLabel(labels, MANAGED_BY) === GATEWAY,
  };
}

/** The number of a port, also where a text has it. */
export function readPort(value: unknown): number | undefined {
  const isText = typeof value === 'string' && /^\d{1,5}$/.test(value);
  const port = isText ? Number(value) : value;
  return Number.isInteger(port) &&
    (port as number) > 0 &&
    (port as number) <= LARGEST_PORT
    ? (port as number)
    : undefined;
}

/** The first of a list; none where it is no list. */
export function readList(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}
