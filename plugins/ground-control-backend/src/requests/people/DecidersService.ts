import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { LeadResolver } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import pLimit from 'p-limit';
import { CatalogPeople } from './CatalogPeople';

/** Whose decision is asked for. */
export interface DecidedBy {
  /** The squad when it was asked. */
  squadRef?: string;
  platformNeeded: boolean;
}

/** Who could decide: entity refs of Users, in lower case. */
export interface Deciders {
  leads: string[];
  /** Empty where no platform engineer may decide. */
  platform: string[];
}

/** Squads that are asked for at a time. */
const AT_ONCE = 8;

/** Finds who may decide, as of now. */
export class DecidersService {
  constructor(
    private readonly options: {
      knex: Knex;
      people: CatalogPeople;
      leads: LeadResolver;
      /** Entity ref of a Group. */
      platformEngineers?: string;
    },
  ) {}

  /**
   * Leads of the squad; and platform engineers where one has to decide too, or
   * where nobody leads the squad, so that a request isn't nobody's.
   *
   * @throws when it can't be told, and nobody may decide then
   */
  async readDeciders(by: DecidedBy, signal?: AbortSignal): Promise<Deciders> {
    const leads = by.squadRef ? await this.readLeads(by.squadRef, signal) : [];
    const needed = by.platformNeeded || leads.length === 0;
    return {
      leads,
      platform: needed ? await this.readPlatformEngineers() : [],
    };
  }

  /** Members of the Group of platform engineers. */
  async readPlatformEngineers(): Promise<string[]> {
    const { people, platformEngineers } = this.options;
    const group =
      platformEngineers &&
      (await people.readGroup(platformEngineers.toLowerCase()));
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
