import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { withinTime } from '../../lib/withinTime';
import { cleanText } from '../../lib/cleanText';
import { isTrustedLocation } from './isTrustedLocation';
import { KnownPerson } from './types';

/** More aren't asked for, nor listed. */
const MOST_PEOPLE = 200;
const LONGEST = 200;
/** A page waits for it, and gives up after eight seconds. */
const CATALOG_MS = 3_000;

/** What people are read with. */
export interface CatalogPeopleOptions {
  catalog: CatalogService;
  auth: AuthService;
  /** Beginnings of the locations whose Groups and Users count; all when absent. */
  trustedLocations?: string[];
  /** Of those whose address the catalog doesn't know. */
  emailDomain?: string;
  /** How long the catalog may take for one question. */
  timeoutMs?: number;
}

/** What a commit's message takes as a name or an address. */
function readText(value: unknown, forbidden: RegExp): string | undefined {
  if (typeof value !== 'string') return undefined;
  return cleanText(value.replace(forbidden, ''), LONGEST) || undefined;
}

/**
 * Asks the catalog for people, anew each time: what counts is who somebody is
 * when they act.
 */
export class CatalogPeople {
  constructor(private readonly options: CatalogPeopleOptions) {}

  /**
   * People as the catalog has them, in the given order.
   *
   * Every release names an address, and release-manager reads it back. Where
   * the catalog knows none, it is made of the ref's name and the configured
   * domain; without a domain the name stands there alone, because an address
   * that looks like one and isn't would be worse.
   */
  async readPeople(refs: string[]): Promise<KnownPerson[]> {
    const asked = refs.slice(0, MOST_PEOPLE);
    const entities = await this.readEntities(asked);
    return asked.map((entityRef, i) => {
      const profile = entities[i]?.spec?.profile as
        | { displayName?: unknown; email?: unknown }
        | undefined;
      const { name } = parseEntityRef(entityRef);
      const { emailDomain } = this.options;
      return {
        entityRef,
        name: readText(profile?.displayName, /[<>]/g) ?? name,
        email:
          readText(profile?.email, /[<>\s]/g) ??
          (emailDomain ? `${name}@${emailDomain}` : name),
      };
    });
  }

  /** Those of the given refs that are Users of the catalog. */
  async findUsers(refs: string[]): Promise<string[]> {
    const entities = await this.readEntities(refs);
    return refs.filter((_, i) => entities[i]?.kind.toLowerCase() === 'user');
  }

  /**
   * Reads a Group that counts.
   *
   * @returns undefined where there is none, or it comes from elsewhere
   */
  async readGroup(ref: string): Promise<Entity | undefined> {
    const [entity] = await this.readEntities([ref]);
    const counts =
      entity?.kind.toLowerCase() === 'group' && this.isTrusted(entity);
    return counts ? entity : undefined;
  }

  /** Members of a Group: those whose own User comes from where it may, too. */
  async readMembers(group: Entity): Promise<string[]> {
    const refs = (group.relations ?? [])
      .filter(({ type }) => type === RELATION_HAS_MEMBER)
      .map(({ targetRef }) => targetRef.toLowerCase())
      .filter(ref => ref.startsWith('user:'));
    if (!this.options.trustedLocations) return refs;
    // A User says itself which Groups it is a member of.
    const entities = await this.readEntities(refs);
    return entities.flatMap(entity =>
      entity && this.isTrusted(entity) ? stringifyEntityRef(entity) : [],
    );
  }

  private isTrusted(entity: Entity): boolean {
    return isTrustedLocation(entity, this.options.trustedLocations);
  }

  private async readEntities(
    refs: string[],
  ): Promise<Array<Entity | undefined>> {
    if (refs.length === 0) return [];
    const { auth, catalog, timeoutMs = CATALOG_MS } = this.options;
    const { items } = await withinTime(
      timeoutMs,
      {
        late: () =>
          new ServiceUnavailableError(
            `The catalog did not answer within ${timeoutMs / 1_000} seconds`,
          ),
      },
      async () =>
        catalog.getEntitiesByRefs(
          { entityRefs: refs },
          { credentials: await auth.getOwnServiceCredentials() },
        ),
    );
    return items;
  }
}
