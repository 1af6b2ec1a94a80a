import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { NewBuild } from './types';

/** Why a build is not released to environments by itself, as ends of sentences. */
export type Reasons = Array<[environment: string, why: string]>;

/**
 * What one round left out though a policy names its branch: a line for each
 * service, environment and reason, because a store that is read for the first
 * time has thousands of builds.
 */
export class LeftOut {
  readonly #builds = new Map<string, { first: string; more: number }>();

  note(build: NewBuild, reasons: Reasons): void {
    const service = { namespace: build.namespace, name: build.service };
    for (const [environment, why] of reasons) {
      const key = `of ${formatServiceRef(
        service,
      )} is not released to ${environment} by itself: ${why}`;
      const known = this.#builds.get(key);
      if (known) known.more += 1;
      else this.#builds.set(key, { first: build.artifactId, more: 0 });
    }
  }

  /** Sentences for people. */
  describe(): string[] {
    return [...this.#builds].map(
      ([what, { first, more }]) =>
        `${first}${more > 0 ? `, like ${more} more,` : ''} ${what}`,
    );
  }
}
