import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessService, isServiceAllowed } from '../../permissions';
import { Deciders, DecidersService } from '../people/DecidersService';
import { resolvePerson } from '../people/resolvePerson';
import { DecisionRow, RequestRow } from '../types';
import { Actor } from './decidePermits';

/** What an actor is read with. */
export interface ActorOptions {
  knex: Knex;
  auth: AuthService;
  access: AccessService;
  deciders: DecidersService;
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

/** As a platform engineer where one is missing, for that nobody else can give. */
function findRole(
  person: string,
  { leads, platform }: Deciders,
  options: { platformNeeded: boolean; decisions: DecisionRow[] },
): Actor['role'] {
  const isPlatform = platform.includes(person);
  const isMissing =
    options.platformNeeded &&
    !options.decisions.some(({ role }) => role === 'platform');
  if (isPlatform && isMissing) return 'platform';
  if (leads.includes(person)) return 'lead';
  return isPlatform ? 'platform' : undefined;
}

async function findOverrideRole(
  deciders: DecidersService,
  person: string,
): Promise<Actor['overrideRole']> {
  const platform = await deciders.readPlatformEngineers();
  if (platform.includes(person)) return 'platform';
  return (await deciders.leadsAnySquad(person)) ? 'lead' : undefined;
}

/**
 * Reads who somebody is to a request, as of now: a lead of a minute ago isn't
 * one any more.
 */
export async function readActor(
  { knex, auth, access, deciders }: ActorOptions,
  credentials: BackstageCredentials,
  request: {
    row: RequestRow;
    decisions: DecisionRow[];
    platformNeeded: boolean;
    /** Whether there is a block that somebody could go over. */
    overridable: boolean;
  },
): Promise<{ actor: Actor; deciders: RequestDecider[] }> {
  const { row, decisions, platformNeeded, overridable } = request;
  const by = { squadRef: row.squad_ref ?? undefined, platformNeeded };
  const person = findPerson(auth, credentials);
  const { decide } = await access.readRequestAccess(credentials);
  const mayDecide = await isServiceAllowed(knex, {
    repository: row.repository,
    service: { namespace: row.namespace, name: row.service },
    access: decide,
  });
  const found = await deciders.readDeciders(by);
  const except = [
    row.requested_by,
    ...decisions.map(({ decided_by }) => decided_by),
  ];
  const actor: Actor = { mayDecide };
  if (person) {
    actor.person = person;
    actor.role = findRole(person, found, { platformNeeded, decisions });
    if (overridable) {
      actor.overrideRole = await findOverrideRole(deciders, person);
    }
  }
  return { actor, deciders: await deciders.nameDeciders(found, except) };
}
