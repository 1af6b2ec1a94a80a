/** A resource outside the mesh that becomes a service of it. */
export interface EgressTarget {
  hostName: string;
  dnsName: string;
  /** The cluster whose gateway reaches it. */
  environment: string;
  squad: string;
}

/** A service of the mesh that becomes reachable from outside. */
export interface IngressEntry {
  service: string;
  namespace: string;
  cluster: string;
  squad: string;
  port: number;
}

export interface GatewayEntries {
  targets: EgressTarget[];
  ingress: IngressEntry[];
}

/** Where they stand in the config repository. */
export const ENTRIES_PATH = 'backbone-gateway/shuttle.yaml';
