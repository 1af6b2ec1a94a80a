import {
  Artifact,
  RequestIntent,
  RequestRequirement,
  ServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A release that is wished for, with what is known of it. */
export interface ReleaseToJudge {
  service: ServiceRef;
  environment: string;
  intent: RequestIntent;
  artifact: Artifact;
  /** What runs there by the config repository. */
  current?: {
    artifact?: Artifact;
    artifactId?: string;
    position: number;
    /** Milliseconds since 1970. */
    releasedAt: number;
  };
  /** Of a rollback: the commit of the release that is gone back to. */
  rollbackRevision?: string;
  squadRef?: string;
  /** Where the artifact that runs names another squad than the catalog. */
  artifactSquadRef?: string;
}

/** All that the policies say of a release. */
export interface Judgement {
  /** In a fixed order: branch, soak, tests, vulnerabilities, freeze, links, owner, then added ones. */
  verdicts: Verdict[];
  requirement: RequestRequirement;
  /**
   * Who has to decide by what isn't of the moment. What was approved is held
   * against this; absent where nothing is of the moment.
   */
  lasting?: RequestRequirement;
}

/** New builds of a branch that are released to an environment by themselves. */
export interface AutoRelease {
  branch: string;
}

/** Judges releases by the policies of now. */
export interface PolicyJudge {
  /** Never throws for what a policy file says: what can't be read blocks, and says so. */
  judge(
    release: ReleaseToJudge,
    options: {
      now: Date;
      signal?: AbortSignal;
      /** Nobody reads the sentences: what only they need isn't read. */
      levelsOnly?: boolean;
    },
  ): Promise<Judgement>;
  /**
   * Whether somebody has to decide releases of the service there by default.
   *
   * @param options - `at`: the commit whose policies are meant; those of now by
   * default
   */
  isGuarded(
    service: ServiceRef,
    environment: string,
    options: { squadRef?: string; at?: string; signal?: AbortSignal },
  ): Promise<boolean>;
  /** What is released there by itself now, where anything is. */
  readAutoRelease(
    service: ServiceRef,
    environment: string,
  ): Promise<AutoRelease | undefined>;
}
