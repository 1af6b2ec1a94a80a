import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';

/** A build that is new in the store. */
export interface NewBuild {
  namespace: string;
  service: string;
  artifactId: string;
  branch: string | null;
  /**
   * When it was built, or else came into the store, in milliseconds since 1970;
   * null where neither is known.
   */
  builtAt: number | null;
  author?: Artifact['author'];
}

/** What an environment has of the build's service, and who wishes for what. */
export interface AutoReleasePlace {
  environment: string;
  /** The branch that is released there by itself, unless paused; undefined for none. */
  branch?: string;
  /** What is current there by the config repository. */
  current?: { artifactId: string; builtAt: number | null };
  /** A person's request for the service there is open. */
  personAsks: boolean;
  /** The build was asked for there by itself before. */
  asked: boolean;
}

/** What becomes of a build in an environment. */
export type AutoReleaseDecision =
  | { kind: 'ask'; branch: string }
  /** A person's request comes first; look again when it is over. */
  | { kind: 'later' }
  /** `why`, where somebody may wonder, as the end of a sentence. */
  | { kind: 'leave'; why?: string };
