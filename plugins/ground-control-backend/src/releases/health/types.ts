/** A failure of a release in a cluster; times are milliseconds since 1970. */
export interface Failure {
  since: number;
  /** Absent while it goes on. */
  until?: number;
  /** It ran again before another release took its place. */
  recovered: boolean;
}

/** A stretch of time in which what runs in a cluster was seen. */
export interface Watch {
  cluster: string;
  since: number;
  until: number;
}

/** What is recorded of an earlier release, as far as its health goes. */
export interface StayFacts {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Its request ended so; absent where none of ours released it. */
  request?: 'succeeded' | 'failed' | 'under-way';
  /** When it was first seen to run, in any cluster; absent where it never was. */
  arrivedAt?: number;
  /** Of this release, in any cluster. */
  failures: Failure[];
  /** Of the clusters of its environment, oldest first. */
  watches: Watch[];
}
