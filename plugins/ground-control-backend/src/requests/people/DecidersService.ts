import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { LeadResolver } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import pLimit from 'p-limit';
import { isAuthorAddress, plainAddress } from './authorAddress';
import { CatalogPeople } from './CatalogPeople';

/** Whose decision is asked for. */
export interface DecidedBy {
  /** The squad when it was asked. */
  squadRef?: string;
  platformNeeded: boolean;
  /** Who never decides on it; absent where nobody in person asks. */
  requestedBy?: string;
  /** Of whoever wrote a build that is released by itself: nor do they. */
  authorAddress?: string;
}

/** Who could decide: entity refs of Users, in lower case. */
export interface Deciders {
  leads: string[];
  /** Empty where no platform engineer may decide. */
  platform: string[];
  /** Those of them who wrote the build that is released by itself. */
  authors: string[];
}

/**
 * Whether nobody leads a squad who could decide.
 *
 * @param requesters - who never decides: the requester, and a build's author
 */
export function isUnled(
  leads: string[],
  requesters: Array<string | undefined>,
): boolean {
  return leads.every(ref => requesters.includes(ref));
}

/** Squads that are asked for at a time. */
const AT_ONCE = 8;

/** Finds who may decide, as of now. */
export class DecidersService {
  /** Entity ref of the Group of platform engineers; absent where none is configured. */
  readonly platformEngineers?: string;

  constructor(
    private readonly options: {
      knex: Knex;
      people: CatalogPeople;
      leads: LeadResolver;
      /** Entity ref of a Group. */
      platformEngineers?: string;
    },
  ) {
    this.platformEngineers = options.platformEngineers?.toLowerCase();
  }

  /**
   * Leads of the squad; and platform engineers where one has to decide too, or
   * where nobody but the requester leads the squad, so that a request isn't
   * nobody's.
   *
   * @throws when it can't be told, and nobody may decide then
   */
  async readDeciders(by: DecidedBy, signal?: AbortSignal): Promise<Deciders> {
    const { authorAddress, platformNeeded, requestedBy, squadRef } = by;
    const leads = squadRef ? await this.readLeads(squadRef, signal) : [];
    const leading = await this.findAuthors(leads, authorAddress);
    const needed = platformNeeded || isUnled(leads, [requestedBy, ...leading]);
    const platform = needed ? await this.readPlatformEngineers() : [];
    const others = await this.findAuthors(platform, authorAddress);
    return { leads, platform, authors: [...new Set([...leading, ...others])] };
  }

  /** Those whose address in the catalog is that of a build's author. */
  async findAuthors(
    refs: string[],
    authorAddress: string | undefined,
  ): Promise<string[]> {
    if (authorAddress === undefined) return [];
    const people = await this.options.people.readPeople(refs);
    return people
      .filter(({ email }) => isAuthorAddress(email, authorAddress))
      .map(({ entityRef }) => entityRef);
  }

  /** People's addresses in the catalog as they are compared, in the given order. */
  async readAddresses(refs: string[]): Promise<string[]> {
    const people = await this.options.people.readPeople(refs);
    return people.map(({ email }) => plainAddress(email));
  }

  /** Members of the Group of platform engineers. */
  async readPlatformEngineers(): Promise<string[]> {
    const { people } = this.options;
    const group =
      this.platformEngineers &&
      (await people.readGroup(this.platformEngineers));
    return group ? people.readMembers(group) : [];
  }

  /** Whether somebody leads any squad of the catalog: who may go over a block. */
  async leadsAnySquad(person: string, signal?: AbortSignal): Promise<boolean> {
    const squads: string[] = await this.options
      .knex('services')
      .whereNotNull('squad_ref')
      .distinct()
      .pluck('squad_ref');
    const limit = pLimit(AT_ONCE);
    const leads = await Promise.all(
      squads.map(squad => limit(() => this.readLeads(squad, signal))),
    );
    return leads.some(refs => refs.includes(person));
  }

  /** Who may decide, with their names; not those who may not any more. */
  async nameDeciders(
    { leads, platform }: Deciders,
    except: string[],
  ): Promise<RequestDecider[]> {
    const roles = new Map<string, RequestDecider['role']>([
      ...leads.map(ref => [ref, 'lead'] as const),
      ...platform
        .filter(ref => !leads.includes(ref))
        .map(ref => [ref, 'platform'] as const),
    ]);
    except.forEach(ref => roles.delete(ref));
    const people = await this.options.people.readPeople([...roles.keys()]);
    return people.map(({ entityRef, name }) => ({
      entityRef,
      name,
      role: roles.get(entityRef)!,
    }));
  }

  /** Who may decide a request now, with their names. */
  async listDeciders(
    by: DecidedBy,
    options: { except: string[]; signal?: AbortSignal },
  ): Promise<RequestDecider[]> {
    const found = await this.readDeciders(by, options.signal);
    return this.nameDeciders(found, options.except);
  }

  private async readLeads(squad: string, signal?: AbortSignal) {
    const leads = await this.options.leads.resolveLeads(squad, { signal });
    return leads.map(ref => ref.toLowerCase());
  }
}
