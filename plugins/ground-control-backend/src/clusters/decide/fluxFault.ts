import { ClusterServiceReason } from '@ground-control/backstage-plugin-ground-control-common';
import { Condition } from '../observe/types';

const REASONS: Record<string, ClusterServiceReason> = {
  HealthCheckFailed: 'health-check-failed',
  BuildFailed: 'build-failed',
  ReconciliationFailed: 'apply-failed',
  PruneFailed: 'prune-failed',
  ArtifactFailed: 'source-failed',
  DependencyNotReady: 'dependency-not-ready',
  // Of HelmReleases.
  InstallFailed: 'apply-failed',
  UpgradeFailed: 'apply-failed',
  TestFailed: 'health-check-failed',
  RollbackFailed: 'apply-failed',
  UninstallFailed: 'apply-failed',
  RollbackSucceeded: 'apply-failed',
  UninstallSucceeded: 'apply-failed',
  RetriesExceeded: 'apply-failed',
  ArtifactNotReady: 'source-failed',
};

/** Not ready, and not for a fault: it is at work. */
const AT_WORK = new Set(['Progressing', 'ProgressingWithRetry']);

/** Why Flux says that it failed; undefined when it doesn't say so. */
export function findFluxFault(
  ready: Condition | undefined,
): ClusterServiceReason | undefined {
  if (ready?.status !== 'False' || AT_WORK.has(ready.reason)) return undefined;
  return Object.hasOwn(REASONS, ready.reason) ? REASONS[ready.reason] : 'other';
}

/** In Flux's words, with its reason where it has no others. */
export function describeCondition(condition: Condition | undefined): string {
  return condition?.message || condition?.reason || 'not ready';
}

/**
 * Faults of others: a Kustomization that says so waits, and what it applied
 * before stays as it is. Each commit passes through these for a moment.
 */
export const WAITING_FAULTS: ReadonlySet<ClusterServiceReason> = new Set([
  'dependency-not-ready',
  'source-failed',
]);
