import { ObservedWorkload } from '../observe/types';

/** All pods of a workload are of its newest template, and ready. */
export function isComplete(workload: ObservedWorkload): boolean {
  return (
    workload.observedGeneration >= workload.generation &&
    workload.updated >= workload.desired &&
    workload.ready >= workload.desired
  );
}
