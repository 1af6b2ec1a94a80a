import {
  Artifact,
  RequestIntent,
  ServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A release that is wished for, as policies see it. @public */
export interface JudgedRelease {
  service: ServiceRef;
  environment: string;
  /** All environments, in the order of promotion. */
  environments: string[];
  intent: RequestIntent;
  artifact: Artifact;
  /** The artifact that runs there by the config repository; absent where nothing does, or it can't be read. */
  current?: Artifact;
  /** Entity ref of the squad's Group. */
  squad?: string;
}

/**
 * A rule on requests. It gathers what it needs, decides, and never throws for
 * what it finds: where it can't tell, it says so in a warning or a block.
 *
 * @public
 */
export interface ReleasePolicy {
  /** Lower case, with `-` between words; names the verdict. */
  id: string;
  /** @returns the verdict, or undefined where the policy has nothing to say */
  judge(
    release: JudgedRelease,
    options: { now: Date; signal?: AbortSignal },
  ): Promise<Omit<Verdict, 'policy'> | undefined>;
}
