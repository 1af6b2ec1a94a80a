/**
 * How we prove to a cluster who we are.
 *
 * - `tokenFile` is read anew when the cluster refuses the token, and at least
 *   once a minute: projected service account tokens are renewed on disk.
 * - `kubeconfig` is a file of the usual form; its context may name a program
 *   that gets a credential, which is how the clouds' own ways work.
 * - `inCluster` is the service account of the pod that we run in.
 *
 * @public
 */
export type ClusterAuth =
  | { kind: 'none' }
  | { kind: 'token'; token: string }
  | { kind: 'tokenFile'; path: string }
  | {
      kind: 'clientCertificate';
      certificateFile: string;
      keyFile: string;
    }
  | { kind: 'kubeconfig'; path?: string; context?: string }
  | { kind: 'inCluster' };

/**
 * A cluster to watch.
 *
 * @public
 */
export interface ClusterDefinition {
  /** Unique; in rows, URLs and on screens. */
  name: string;
  /** Such as `aws`, `azure` or `gcp`. */
  provider?: string;
  region?: string;
  /**
   * The step of promotion that it carries; absent for a cluster that carries
   * none, or another word, which is shown as its role.
   */
  environment?: string;
  /** Entity ref of its Resource in the catalog. */
  entityRef?: string;
  /** What the cluster calls itself in `cluster-identity`; its name by default. */
  identity?: string;
  /** Of its API; not needed for `kubeconfig` and `inCluster`. */
  url?: string;
  /** Certificate authority: PEM as base64, or a file. */
  caData?: string;
  caFile?: string;
  skipTlsVerify?: boolean;
  auth: ClusterAuth;
}

/**
 * Says which clusters there are.
 *
 * @public
 */
export interface ClusterLocator {
  /** In the order in which they are shown. Asked for again every minute. */
  locateClusters(): Promise<ClusterDefinition[]>;
}
