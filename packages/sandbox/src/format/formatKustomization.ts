import { releaseFolder } from './paths.ts';

const DEPENDENCY = `  dependsOn:
    - name: infrastructure
      namespace: flux-system
`;

/**
 * The Flux Kustomization of one service in one environment. What stands on the
 * cluster's own parts, such as its ingress, waits for them.
 */
export function formatKustomization(
  environment: string,
  namespace: string,
  service: string,
  needsInfrastructure: boolean,
): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${service}
  namespace: ${namespace || environment}
spec:
${needsInfrastructure ? DEPENDENCY : ''}  interval: 5m0s
  path: ./${releaseFolder(environment, namespace, service)}
  prune: true
  sourceRef:
    kind: GitRepository
    name: k8s-cluster-config
    namespace: flux-system
  timeout: 2m0s
  wait: true
`;
}
