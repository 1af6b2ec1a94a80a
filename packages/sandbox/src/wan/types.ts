import type { Provider } from '../company/types.ts';

/** A direction: how a cluster reaches the gateway of another. */
export interface Direction {
  from: string;
  to: string;
}

/** What is wrong with one direction. */
export interface DirectionFault {
  /** `down` refuses connections, `hang` takes them and never answers. */
  mode: 'well' | 'down' | 'hang';
  /** The share of requests that is lost without a word, 0 to 1. */
  loss: number;
  /** Added to every round trip, in milliseconds. */
  addMs: number;
}

export const WELL: DirectionFault = { mode: 'well', loss: 0, addMs: 0 };

export interface WanCluster {
  name: string;
  provider: Provider;
}

export interface WanOptions {
  seed: number;
  clusters: readonly WanCluster[];
}

/** The network between the clusters: one socket for each direction. */
export interface Wan {
  /** Gives the port of a direction's socket, which is opened if need be. */
  open(direction: Direction): Promise<number>;
  /** Takes a direction's socket away. */
  close(direction: Direction): Promise<void>;
  /** Changes what is wrong with a direction; what isn't named stays. */
  setFault(direction: Direction, fault: Partial<DirectionFault>): Promise<void>;
  /** Whether a cluster's gateway is there at all. */
  setGateway(cluster: string, isThere: boolean): Promise<void>;
  /** Metrics of a cluster's service mirror, in Prometheus' text format. */
  serviceMirrorMetrics(cluster: string): Promise<string>;
  stop(): Promise<void>;
}
