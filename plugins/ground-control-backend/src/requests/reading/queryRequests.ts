import {
  OPEN_REQUEST_STATES,
  RequestQuery,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { applyServiceAccess, ServiceAccess } from '../../permissions';
import { Standing } from './DeciderBook';

const TABLE = 'release_requests';
/** The service that a request for access is made for; there is none of a release. */
const ASKING = 'asking';

/** For whom requests are read. */
export interface RequestContext {
  knex: Knex;
  repository: string;
  services: ServiceAccess;
  /** On which services' requests the reader may decide. */
  decide: ServiceAccess;
  /** Entity ref; absent for whoever is no person in person. */
  person?: string;
  standing: Standing;
  /** Why nothing is known to wait for the reader, though something may. */
  waitingUnknown?: string;
}

/** Which of the requests that the reader may see. */
export interface RequestSelection {
  status: NonNullable<RequestQuery['status']>;
  /** Entity refs of Groups, in lower case. */
  squads?: string[];
  environments?: string[];
  service?: ServiceRef;
}

/** Access holds for no service that isn't known. */
function applyAccess(
  query: Knex.QueryBuilder,
  access: ServiceAccess,
  table: string,
): void {
  query.whereNotNull(`${table}.service`);
  applyServiceAccess(query, access, table);
}

/**
 * Requests that the reader may see, as a query to select from: who may see the
 * service, or the one that access is asked for, sees the request.
 */
export function queryVisible(
  context: Pick<RequestContext, 'knex' | 'repository' | 'services'>,
): Knex.QueryBuilder {
  const { knex, repository, services } = context;
  return knex(TABLE)
    .where(`${TABLE}.repository`, repository)
    .leftJoin('services', {
      'services.repository': `${TABLE}.repository`,
      'services.namespace': `${TABLE}.namespace`,
      'services.service': `${TABLE}.service`,
    })
    .leftJoin(`services as ${ASKING}`, {
      [`${ASKING}.repository`]: `${TABLE}.repository`,
      [`${ASKING}.namespace`]: `${TABLE}.for_namespace`,
      [`${ASKING}.service`]: `${TABLE}.for_service`,
    })
    .where(visible =>
      visible
        .where(own => applyAccess(own, services, 'services'))
        .orWhere(asking => applyAccess(asking, services, ASKING)),
    );
}

/** Of builds that are released by themselves, by the author's address. */
function whereWrittenBy(query: Knex.QueryBuilder, address: string): void {
  query
    .where(`${TABLE}.intent`, 'auto-release')
    .whereRaw(`lower(trim(coalesce(${TABLE}.requested_by_email, ''))) = ?`, [
      address,
    ]);
}

/**
 * Keeps the requests that the reader may decide, as far as rows and a list of
 * leads tell: the same rule that decides when they do, but for what may have
 * changed under a request since it was judged.
 */
export function whereWaiting(
  query: Knex.QueryBuilder,
  { knex, person, decide, standing }: RequestContext,
): void {
  if (person === undefined) {
    query.whereRaw('1 = 0');
    return;
  }
  const { authors } = standing;
  if (authors) query.whereNot(own => whereWrittenBy(own, authors.own));
  query
    .where(`${TABLE}.state`, 'pending')
    .whereNot(`${TABLE}.requested_by`, person)
    .whereNotExists(
      knex('release_request_decisions')
        .select(knex.raw('1'))
        .whereRaw(`release_request_decisions.number = ${TABLE}.number`)
        .where('release_request_decisions.decided_by', person),
    )
    .where(allowed => applyAccess(allowed, decide, 'services'))
    .where(role => {
      role.whereIn(`${TABLE}.squad_ref`, standing.leadOf);
      if (!standing.isPlatform) return;
      role
        .orWhere(beside =>
          beside
            .where(`${TABLE}.platform_needed`, true)
            .whereNotExists(
              knex('release_request_decisions')
                .select(knex.raw('1'))
                .whereRaw(`release_request_decisions.number = ${TABLE}.number`)
                .where('release_request_decisions.role', 'platform'),
            ),
        )
        .orWhereNull(`${TABLE}.squad_ref`)
        .orWhereIn(`${TABLE}.squad_ref`, standing.orphans)
        .orWhereIn(
          [`${TABLE}.squad_ref`, `${TABLE}.requested_by`],
          standing.ledAlone,
        );
      authors?.ledAlone.forEach(([squad, address]) =>
        role.orWhere(alone => {
          alone.where(`${TABLE}.squad_ref`, squad);
          whereWrittenBy(alone, address);
        }),
      );
    });
}

function whereOpen(query: Knex.QueryBuilder): void {
  query.whereIn(`${TABLE}.state`, [...OPEN_REQUEST_STATES]);
}

/** Narrows a query to a status; see `RequestQuery`. */
export function whereStatus(
  query: Knex.QueryBuilder,
  context: RequestContext,
  status: RequestSelection['status'],
): void {
  switch (status) {
    case 'waiting':
      whereWaiting(query, context);
      break;
    case 'others': {
      whereOpen(query);
      const waiting = queryVisible(context);
      whereWaiting(waiting, context);
      query.whereNotIn(`${TABLE}.number`, waiting.select(`${TABLE}.number`));
      break;
    }
    case 'mine':
      if (context.person === undefined) query.whereRaw('1 = 0');
      else query.where(`${TABLE}.requested_by`, context.person);
      break;
    case 'decided':
      query.whereNotIn(`${TABLE}.state`, [...OPEN_REQUEST_STATES]);
      break;
    default:
  }
}

/** Requests of a selection that the reader may see. */
export function queryRequests(
  context: RequestContext,
  selection: RequestSelection,
): Knex.QueryBuilder {
  const { environments, service, squads, status } = selection;
  const query = queryVisible(context);
  if (squads) {
    query.where(either =>
      either
        // Whose it was when it was asked for: that doesn't change.
        .whereIn(`${TABLE}.squad_ref`, squads)
        .orWhereIn(`${ASKING}.squad_ref`, squads),
    );
  }
  if (environments) query.whereIn(`${TABLE}.environment`, environments);
  if (service) {
    query.where(either =>
      either
        .where({
          [`${TABLE}.namespace`]: service.namespace,
          [`${TABLE}.service`]: service.name,
        })
        .orWhere({
          [`${TABLE}.for_namespace`]: service.namespace,
          [`${TABLE}.for_service`]: service.name,
        }),
    );
  }
  whereStatus(query, context, status);
  return query;
}
