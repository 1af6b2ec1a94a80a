export interface KubeconfigCluster {
  name: string;
  token: string;
  adminToken: string;
}

/**
 * A kubeconfig with two contexts for each cluster: `<name>`, which may read,
 * and `<name>-admin`, which may change things. The token stands in the URL as
 * a password: without TLS kubectl would send no other.
 */
export function formatKubeconfig(
  sandboxUrl: string,
  clusters: readonly KubeconfigCluster[],
): string {
  const server = (cluster: string, token: string) =>
    `${sandboxUrl.replace('//', `//kubectl:${token}@`)}/kube/${cluster}`;
  const contexts = clusters.flatMap(({ name, token, adminToken }) => [
    { name, server: server(name, token) },
    { name: `${name}-admin`, server: server(name, adminToken) },
  ]);
  // JSON is YAML too, and kubectl reads it.
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': clusters[0]?.name ?? '',
      clusters: contexts.map(context => ({
        name: context.name,
        cluster: { server: context.server },
      })),
      users: [{ name: 'kubectl', user: {} }],
      contexts: contexts.map(({ name }) => ({
        name,
        context: { cluster: name, user: 'kubectl' },
      })),
    },
    null,
    2,
  )}\n`;
}
