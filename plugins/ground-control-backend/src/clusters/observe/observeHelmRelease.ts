import { readFields, readRefs } from './fields';
import { observeFluxObject, readSource } from './fluxObject';
import { ObservedHelmRelease } from './types';

const MOST_DEPENDENCIES = 50;

/** A HelmRelease of Flux; undefined for anything else. */
export function observeHelmRelease(
  object: unknown,
): ObservedHelmRelease | undefined {
  const common = observeFluxObject(object);
  if (!common) return undefined;
  const { flux, conditions, spec } = common;
  const chart = readFields(readFields(spec.chart)?.spec);
  const source = readSource(spec.chartRef ?? chart?.sourceRef, flux.namespace);
  const dependsOn = readRefs(spec.dependsOn, flux.namespace, MOST_DEPENDENCIES);
  const drifted = conditions.get('Drifted');
  return {
    ...flux,
    ...(source && { source }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(drifted && { drifted }),
  };
}
