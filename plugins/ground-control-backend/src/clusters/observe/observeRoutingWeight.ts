import { isFit, readFields, readName } from './fields';
import { ObservedRoutingWeight } from './types';

/** Of one object; who routes by them needs one or two. */
const MOST_ANNOTATIONS = 20;
/** A prefix of 253, a slash, a name of 63: what Kubernetes allows. */
const LONGEST_KEY = 317;
const LONGEST_VALUE = 100;

const readShort = (value: unknown, max: number) =>
  typeof value === 'string' && value.length <= max && isFit(value)
    ? value
    : undefined;

/**
 * What a RoutingWeight of cluster-routing-controller says, `routing.lunar.tech`
 * `v1alpha1`. One that no cluster's name stands in says nothing.
 */
export function observeRoutingWeight(
  object: unknown,
): ObservedRoutingWeight | undefined {
  const spec = readFields(readFields(object)?.spec);
  const clusterName = readName(spec?.clusterName);
  if (!spec || !clusterName) return undefined;
  const given = Array.isArray(spec.annotations) ? spec.annotations : [];
  const annotations = given.slice(0, MOST_ANNOTATIONS).flatMap(one => {
    const fields = readFields(one);
    const key = readShort(fields?.key, LONGEST_KEY);
    const value = readShort(fields?.value, LONGEST_VALUE);
    return key && value !== undefined ? [{ key, value }] : [];
  });
  return { clusterName, dryRun: spec.dryRun === true, annotations };
}
