import { releaseFolder } from './paths.ts';

/** The Flux Kustomization of one service in one environment. */
export function formatKustomization(
  environment: string,
  namespace: string,
  service: string,
): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${service}
  namespace: ${namespace || environment}
spec:
  interval: 5m0s
  path: ./${releaseFolder(environment, namespace, service)}
  prune: true
  sourceRef:
    kind: GitRepository
    name: k8s-cluster-config
    namespace: flux-system
`;
}
