/** Names have no slash. */
export function targetId(entry: { name: string; cluster: string }): string {
  return `target:${entry.cluster}/${entry.name}`;
}

/** Names have no slash. */
export function ingressId(entry: {
  name: string;
  namespace: string;
  cluster: string;
}): string {
  return `ingress:${entry.cluster}/${entry.namespace}/${entry.name}`;
}
