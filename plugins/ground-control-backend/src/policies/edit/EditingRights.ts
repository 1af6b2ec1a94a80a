import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import {
  Permit,
  PolicyEffect,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import pLimit from 'p-limit';
import { PolicyAccess } from '../../permissions';
import { DecidersService } from '../../requests/people/DecidersService';
import { resolvePerson } from '../../requests/people/resolvePerson';
import { formatRequestId } from '../../requests/reading/requestId';
import { readCurrentRelease } from '../../requests/resolve/readCurrentRelease';
import { readOwner } from '../../requests/resolve/readOwner';
import { refuse } from '../../requests/resolve/refuse';
import { decideEditing } from './decideEditing';
import {
  isTargetAllowed,
  PolicyTarget,
  readOwnRequests,
  readTargetServices,
} from './PolicyTarget';

export interface EditingRightsOptions {
  knex: Knex;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  auth: AuthService;
  deciders: DecidersService;
  /** Whether the config repository may be written. */
  canWrite: boolean;
}

/** Catalogs and databases that are asked at a time. */
const AT_ONCE = 4;

/** Finds out who may change which policies, as of now. */
export class EditingRights {
  constructor(private readonly options: EditingRightsOptions) {}

  /** Whether somebody may change policies that are about these services. */
  async permit(
    credentials: BackstageCredentials,
    access: PolicyAccess,
    target: PolicyTarget,
    fault?: string,
  ): Promise<Permit> {
    const { knex, repository, canWrite, deciders } = this.options;
    const permitted = await isTargetAllowed(knex, {
      repository,
      target,
      access: access.update,
    });
    try {
      const [platformEngineers, owners] = await Promise.all([
        deciders.readPlatformEngineers(),
        this.#readOwners(target),
      ]);
      return decideEditing({
        canWrite,
        person: this.#findPerson(credentials),
        permitted,
        isDefaults: target.of === 'all',
        platformEngineers,
        ...owners,
        fault,
      });
    } catch (error) {
      // What holds can be read all the same.
      return refuse(
        'unknown',
        `It can't be told now who may change these policies: ${
          isError(error) ? error.message : 'unknown error'
        }. Try again in a minute.`,
      );
    }
  }

  /**
   * Nobody makes it easier for a request of their own. Those who may change
   * the policies all the same first end it, and everybody sees both.
   */
  async permitEffects(
    credentials: BackstageCredentials,
    target: PolicyTarget,
    effects: readonly PolicyEffect[],
  ): Promise<Permit> {
    const person = this.#findPerson(credentials);
    const environments = effects
      .filter(
        ({ direction, rule }) =>
          direction === 'laxer' ||
          // Another pattern may take a branch that the one before didn't.
          (direction === 'other' && rule === 'branch-restriction'),
      )
      .map(({ environment }) => environment);
    if (person === undefined || environments.length === 0) {
      return { allowed: true };
    }
    const { knex, repository } = this.options;
    const own = await readOwnRequests(knex, {
      repository,
      target,
      person,
      environments,
    });
    return own.length === 0
      ? { allowed: true }
      : refuse(
          'own-request',
          `You asked for ${own
            .slice(0, 5)
            .map(formatRequestId)
            .join(
              ', ',
            )}, and this change makes policies laxer that it is judged by. Have somebody else change them, or cancel your request first.`,
        );
  }

  async #readOwners(target: PolicyTarget) {
    const { knex, repository, deciders } = this.options;
    if (target.of === 'all') return { squads: [], ownerDiffers: false };
    const services =
      target.of === 'squad'
        ? []
        : await readTargetServices(knex, repository, target);
    const squadRefs =
      target.of === 'squad'
        ? [target.squad]
        : [...new Set(services.map(({ squadRef }) => squadRef))];
    const limit = pLimit(AT_ONCE);
    const [squads, differ] = await Promise.all([
      Promise.all(
        squadRefs.map(squadRef =>
          limit(async () => ({
            squadRef,
            leads: squadRef
              ? (
                  await deciders.readDeciders({
                    squadRef,
                    platformNeeded: true,
                  })
                ).leads
              : [],
          })),
        ),
      ),
      Promise.all(
        services.map(({ service }) =>
          limit(() => this.#differsInOwner(service)),
        ),
      ),
    ]);
    return { squads, ownerDiffers: differ.includes(true) };
  }

  /** Squads write catalog files, and could name themselves another's owner. */
  async #differsInOwner(service: { namespace: string; name: string }) {
    const { knex, repository, environments } = this.options;
    for (const environment of environments) {
      const current = await readCurrentRelease(knex, {
        repository,
        service,
        environment,
      });
      const owner = await readOwner(knex, {
        repository,
        service,
        running: current?.artifact,
      });
      if (owner?.artifactSquadRef) return true;
    }
    return false;
  }

  #findPerson(credentials: BackstageCredentials): string | undefined {
    try {
      return resolvePerson(this.options.auth, credentials);
    } catch (error) {
      if (error instanceof NotAllowedError) return undefined;
      throw error;
    }
  }
}
