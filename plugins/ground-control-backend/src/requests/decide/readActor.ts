import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessService, isServiceAllowed } from '../../permissions';
import { DecidersService } from '../people/DecidersService';
import { resolvePerson } from '../people/resolvePerson';
import { DECIDERS_UNKNOWN } from '../people/tryListDeciders';
import { DecisionRow, RequestRow } from '../types';
import { Actor } from './decidePermits';
import { decideOverrideRole, decideRole, RoleFacts } from './decideRole';

/** What an actor is read with. */
export interface ActorOptions {
  knex: Knex;
  auth: AuthService;
  access: AccessService;
  deciders: DecidersService;
}

/** Which request somebody would act on. */
export interface ActedOn {
  row: RequestRow;
  decisions: DecisionRow[];
  platformNeeded: boolean;
  /** Whether there is a block that somebody could go over. */
  overridable: boolean;
}

/** Somebody, and who decides beside them. */
export interface ReadActor {
  actor: Actor;
  deciders: RequestDecider[];
  /** Who leads its squad: entity refs of Users. */
  leads: string[];
  /** The Group of platform engineers; undefined where none is configured. */
  platformEngineers?: string;
  /** Why it can't be told who decides; nobody may then. */
  decidersUnknown?: string;
}

/** Undefined for whoever is no person in person. */
function findPerson(
  auth: AuthService,
  credentials: BackstageCredentials,
): string | undefined {
  try {
    return resolvePerson(auth, credentials);
  } catch (error) {
    if (error instanceof NotAllowedError) return undefined;
    throw error;
  }
}

async function readOverrideRole(
  deciders: DecidersService,
  person: string,
  facts: RoleFacts,
): Promise<Actor['overrideRole']> {
  const platform = await deciders.readPlatformEngineers();
  const isPlatformEngineer = platform.includes(person);
  return decideOverrideRole(person, {
    ...facts,
    isPlatformEngineer,
    leadsAnySquad:
      !isPlatformEngineer && (await deciders.leadsAnySquad(person)),
  });
}

/** Reads in which roles a person may act, and who else may; the catalog says. */
async function readRoles(
  service: DecidersService,
  person: string | undefined,
  { row, decisions, platformNeeded, overridable }: ActedOn,
): Promise<
  Pick<Actor, 'role' | 'overrideRole'> & Pick<ReadActor, 'deciders' | 'leads'>
> {
  const found = await service.readDeciders({
    squadRef: row.squad_ref ?? undefined,
    platformNeeded,
    requestedBy: row.requested_by,
  });
  const facts = {
    deciders: found,
    platformNeeded,
    decisions,
    requestedBy: row.requested_by,
  };
  const refs = [...new Set([...found.leads, ...found.platform])];
  const except = [
    row.requested_by,
    ...decisions.map(({ decided_by }) => decided_by),
    ...refs.filter(ref => !decideRole(ref, facts)),
  ];
  return {
    ...(person && {
      role: decideRole(person, facts),
      ...(overridable && {
        overrideRole: await readOverrideRole(service, person, facts),
      }),
    }),
    deciders: await service.nameDeciders(found, except),
    leads: found.leads,
  };
}

/**
 * Reads who somebody is to a request, as of now: a lead of a minute ago isn't
 * one any more.
 */
export async function readActor(
  { knex, auth, access, deciders: service }: ActorOptions,
  credentials: BackstageCredentials,
  request: ActedOn,
): Promise<ReadActor> {
  const { row } = request;
  const person = findPerson(auth, credentials);
  const { decide, ask } = await access.readRequestAccess(credentials);
  const isAllowed = (of: typeof ask) =>
    isServiceAllowed(knex, {
      repository: row.repository,
      service: { namespace: row.namespace, name: row.service },
      access: of,
    });
  const [mayDecide, mayAsk] = await Promise.all([
    isAllowed(decide),
    isAllowed(ask),
  ]);
  const actor: Actor = { mayDecide, mayAsk, ...(person && { person }) };
  const { platformEngineers } = service;
  try {
    const { deciders, leads, ...roles } = await readRoles(
      service,
      person,
      request,
    );
    return {
      actor: { ...actor, ...roles },
      deciders,
      leads,
      platformEngineers,
    };
  } catch {
    // All else of a request is shown without the catalog, whatever ails it.
    return {
      actor,
      deciders: [],
      leads: [],
      platformEngineers,
      decidersUnknown: DECIDERS_UNKNOWN,
    };
  }
}
