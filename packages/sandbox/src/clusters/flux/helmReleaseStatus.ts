import { hash } from '../../lib/hash.ts';
import { kubeTime, withTransitions } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';

interface Chart {
  spec?: { chart?: string; version?: unknown };
}

interface Release {
  version: number;
  chartVersion: string;
}

/** helm-controller's status after an install or upgrade that went well. */
export function helmReleaseStatus(
  object: KubeObject,
  now: number,
): Record<string, unknown> {
  const { metadata, spec } = object;
  const chart = spec?.chart as Chart | undefined;
  const chartName = String(chart?.spec?.chart ?? metadata.name);
  const chartVersion = String(chart?.spec?.version ?? '0.0.0');
  const before = (object.status?.history ?? []) as Release[];
  if (before[0]?.chartVersion === chartVersion) {
    return object.status!;
  }
  const version = (before[0]?.version ?? 0) + 1;
  const target = `${metadata.namespace}/${metadata.name}.v${version}`;
  const reason = version === 1 ? 'InstallSucceeded' : 'UpgradeSucceeded';
  const message = `Helm ${
    version === 1 ? 'install' : 'upgrade'
  } succeeded for release ${target} with chart ${chartName}@${chartVersion}`;
  const condition = (type: string) => ({
    type,
    status: 'True' as const,
    reason,
    message,
    observedGeneration: metadata.generation,
  });
  return {
    observedGeneration: metadata.generation,
    conditions: withTransitions(
      [condition('Ready'), condition('Released')],
      object.status?.conditions,
      now,
    ),
    lastAttemptedRevision: chartVersion,
    lastAttemptedGeneration: metadata.generation,
    history: [
      {
        name: metadata.name,
        namespace: metadata.namespace,
        version,
        status: 'deployed',
        chartName,
        chartVersion,
        appVersion: chartVersion,
        digest: `sha256:${hash(chartName, chartVersion)}`,
        firstDeployed: kubeTime(now),
        lastDeployed: kubeTime(now),
      },
      ...before.map(release => ({ ...release, status: 'superseded' })),
    ].slice(0, 5),
  };
}
