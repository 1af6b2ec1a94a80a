/** A Link as the service mirror's command makes one. */
export function makeLink(
  target: string,
  { spec = {}, probeSpec = {} }: { spec?: object; probeSpec?: object } = {},
) {
  return {
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: { name: target, namespace: 'linkerd-multicluster' },
    spec: {
      targetClusterName: target,
      clusterCredentialsSecret: `cluster-credentials-${target}`,
      gatewayAddress: `gateway.${target}.example`,
      gatewayPort: '4143',
      probeSpec: {
        path: '/ready',
        port: '4191',
        period: '3s',
        timeout: '30s',
        failureThreshold: '3',
        ...probeSpec,
      },
      ...spec,
    },
  };
}
