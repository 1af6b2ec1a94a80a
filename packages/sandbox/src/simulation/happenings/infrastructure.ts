import { identityOf } from '../context.ts';
import { humanCommit } from './humanCommit.ts';
import type { Happening } from './types.ts';

const COMPONENTS = [
  'ingress-nginx',
  'cert-manager',
  'external-dns',
  'linkerd',
  'kube-state-metrics',
  'fluent-bit',
];

/** Platform engineers keep what all squads stand on up to date. */
export const infrastructure: Happening = {
  name: 'infrastructure',
  weight: 7,
  happen({ random, company }, at) {
    const author = identityOf(random.pick(company.platformEngineers));
    const component = random.pick(COMPONENTS);
    if (company.clusters.length === 0) {
      return undefined;
    }
    const cluster = random.pick(company.clusters);
    const version = `1.${random.integer(1, 30)}.${random.integer(0, 9)}`;
    const title = `${component}: ${version} in ${cluster.name}`;
    const isMerge = random.chance(0.3);
    const message = isMerge
      ? `Merge pull request #${random.integer(
          100,
          9999,
        )} from example-bank/${component}\n\n${title}`
      : title;
    const commit = humanCommit(author, at, message, [
      {
        kind: 'file',
        path: `infrastructure/${cluster.name}/${component}.yaml`,
        content: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${component}
  namespace: ${component}
spec:
  interval: 10m
  chart:
    spec:
      chart: ${component}
      version: ${version}
      sourceRef:
        kind: HelmRepository
        name: ${component}
        namespace: flux-system
`,
      },
    ]);
    return isMerge
      ? {
          ...commit,
          merges: { message: `${title}\n`, at: at - random.integer(60, 7200) },
        }
      : commit;
  },
};
