import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessService, isServiceAllowed } from '../../permissions';
import { findAuthorAddress } from '../people/authorAddress';
import { DecidersService } from '../people/DecidersService';
import { resolvePerson } from '../people/resolvePerson';
import { DECIDERS_UNKNOWN } from '../people/tryListDeciders';
import { DecisionRow, RequestRow } from '../types';
import { Actor } from './decidePermits';
import {
  decideRole,
  decideRoles,
  OverrideFacts,
  RoleFacts,
  Roles,
} from './decideRole';

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
  /** Who never decides on it: who asked, and who wrote a build that is released by itself. */
  requesters: string[];
  /** What the actor's roles hang on; absent for who is no person, or where it can't be told. */
  roleFacts?: RoleFacts | OverrideFacts;
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

async function readOverrideFacts(
  deciders: DecidersService,
  person: string,
  facts: RoleFacts,
): Promise<OverrideFacts> {
  const platform = await deciders.readPlatformEngineers();
  const isPlatformEngineer = platform.includes(person);
  return {
    ...facts,
    isPlatformEngineer,
    leadsAnySquad:
      !isPlatformEngineer && (await deciders.leadsAnySquad(person)),
  };
}

/** Reads in which roles a person may act, and who else may; the catalog says. */
async function readRoles(
  service: DecidersService,
  person: string | undefined,
  { row, decisions, platformNeeded, overridable }: ActedOn,
): Promise<
  Pick<ReadActor, 'deciders' | 'leads' | 'requesters' | 'roleFacts'> & {
    roles: Roles;
  }
> {
  const authorAddress = findAuthorAddress(row);
  const found = await service.readDeciders({
    squadRef: row.squad_ref ?? undefined,
    platformNeeded,
    requestedBy: row.requested_by,
    authorAddress,
  });
  const facts = {
    deciders: found,
    platformNeeded,
    decisions,
    requestedBy: row.requested_by,
  };
  // Who goes over a block may be none of those who decide.
  const acting = await service.findAuthors(
    person ? [person] : [],
    authorAddress,
  );
  const requesters = [row.requested_by, ...found.authors, ...acting];
  const refs = [...new Set([...found.leads, ...found.platform])];
  const except = [
    ...requesters,
    ...decisions.map(({ decided_by }) => decided_by),
    ...refs.filter(ref => !decideRole(ref, facts)),
  ];
  const roleFacts =
    person && overridable
      ? await readOverrideFacts(service, person, facts)
      : facts;
  return {
    ...(person
      ? { roles: decideRoles(person, roleFacts), roleFacts }
      : { roles: {} }),
    deciders: await service.nameDeciders(found, except),
    leads: found.leads,
    requesters: [...new Set(requesters)],
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
    const { roles, ...read } = await readRoles(service, person, request);
    return { actor: { ...actor, ...roles }, ...read, platformEngineers };
  } catch {
    // All else of a request is shown without the catalog, whatever ails it.
    return {
      actor,
      deciders: [],
      leads: [],
      requesters: [row.requested_by],
      platformEngineers,
      decidersUnknown: DECIDERS_UNKNOWN,
    };
  }
}
