import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';

/** An object as it is written. */
export interface WrittenObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [key: string]: unknown;
}

/** An API server that the suite is run against. */
export interface ConformanceTarget {
  /** Somebody with the rights of deploy/rbac.yaml, and a token in a file. */
  readonly reader: ClusterDefinition;
  /** Creates or replaces. */
  apply(object: WrittenObject): Promise<void>;
  delete(object: WrittenObject): Promise<void>;
  /** Makes the kinds known that the server doesn't have of itself. */
  installKinds(plurals?: string[]): Promise<void>;
  /** Somebody who may read all but one kind, until it is undone. */
  readerWithout(
    plural: string,
  ): Promise<{ definition: ClusterDefinition; undo(): Promise<void> }>;
  /** Ends the token in the reader's file. */
  revokeToken(): Promise<void>;
  /** Writes another into the file. */
  renewToken(): Promise<void>;
  /**
   * Cuts the reader off, lets things happen, forgets all history, and lets
   * the reader back.
   */
  compactUnseen(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** How a target is had, when the suite comes to it. */
export interface TargetSource {
  name: string;
  /** Whether its history is ours to forget. */
  canCompact: boolean;
  /** Whether it begins without the kinds of Flux. */
  isEmpty: boolean;
  start(folder: string): Promise<ConformanceTarget>;
}
