import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  formatServiceRef,
  Permit,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AccessService, isServiceAllowed } from '../permissions';
import { CatalogPeople } from './people/CatalogPeople';
import { resolvePerson } from './people/resolvePerson';
import { KnownPerson } from './people/types';
import { formatRequestId } from './reading/requestId';
import { isTrespass, refusalError } from './refusalError';
import { RefusalBook } from './RefusalBook';
import { quote } from '../lib/cleanText';
import { refuse } from './resolve/refuse';
import { Refusal } from './resolve/types';
import { readRequestRow } from './store/readRequestRow';
import { isAccessRow, RequestRow } from './types';

/** What is tried, and on what. */
export interface Try {
  /** Such as `ask` or `approve`. */
  what: string;
  /** In the audit trail; `request.refused` by default. */
  action?: string;
  service?: ServiceRef;
  environment?: string;
  number?: number;
}

export interface RequestGateOptions {
  knex: Knex;
  repository: string;
  auth: AuthService;
  access: AccessService;
  people: CatalogPeople;
  refusals: RefusalBook;
  now(): Date;
}

/** What stands before everything that people do: who are they, may they? */
export class RequestGate {
  constructor(private readonly options: RequestGateOptions) {}

  /**
   * Finds out which person acts.
   *
   * @throws NotAllowedError, after it was noted, for whoever is none in person
   */
  async identify(
    credentials: BackstageCredentials,
    attempt: Try,
  ): Promise<KnownPerson> {
    const { auth, people } = this.options;
    let ref: string;
    try {
      ref = resolvePerson(auth, credentials);
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      const refusal = refuse('not-a-person', error.message);
      return this.refuse(describeActor(auth, credentials), attempt, refusal);
    }
    try {
      const [person] = await people.readPeople([ref]);
      return person;
    } catch (error) {
      throw new ServiceUnavailableError(
        'Who you are can’t be told now, because the catalog doesn’t answer; try again in a minute',
        error,
      );
    }
  }

  /**
   * Reads a request that somebody may see.
   *
   * @throws NotFoundError in the same words when there is none
   */
  async readVisible(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    const { access, knex, repository } = this.options;
    const row = await readRequestRow(knex, number);
    const { services } = await access.readRequestAccess(credentials);
    const isAllowed = (service: ServiceRef) =>
      isServiceAllowed(knex, { repository, service, access: services });
    const isVisible =
      row?.repository === repository &&
      ((await isAllowed({ namespace: row.namespace, name: row.service })) ||
        // Who asks for access sees it, whoever's the called service is.
        (isAccessRow(row) &&
          (await isAllowed({
            namespace: row.for_namespace,
            name: row.for_service,
          }))));
    if (!row || !isVisible) {
      throw new NotFoundError(
        `There is no request ${formatRequestId(number)}, or you may not see it`,
      );
    }
    return row;
  }

  /**
   * Whether somebody may ask for releases of a service at all.
   *
   * @throws NotFoundError in the same words when there is no such service and
   * when they may not see it
   */
  async permitAsking(
    credentials: BackstageCredentials,
    service: ServiceRef,
  ): Promise<Permit> {
    const { access, auth, knex, repository } = this.options;
    const { services, ask } = await access.readRequestAccess(credentials);
    const isAllowed = (of: typeof ask) =>
      isServiceAllowed(knex, { repository, service, access: of });
    if (!(await isAllowed(services))) {
      throw new NotFoundError(
        `There is no service ${quote(
          formatServiceRef(service),
        )}, or you may not see it`,
      );
    }
    try {
      resolvePerson(auth, credentials);
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      return refuse('not-a-person', error.message);
    }
    return (await isAllowed(ask))
      ? { allowed: true }
      : refuse(
          'permission',
          `You may not ask for releases of ${formatServiceRef(
            service,
          )}: the permission ground-control.request.create is missing.`,
        );
  }

  /** Throws a refusal; what somebody may not is noted before. */
  async refuse(actor: string, attempt: Try, refusal: Refusal): Promise<never> {
    if (isTrespass(refusal)) {
      const at = this.options.now().getTime();
      await this.options.refusals.note({ actor, ...attempt }, refusal, at);
    }
    throw refusalError(refusal);
  }
}

/** Who acts where nobody does in person: a service, as itself or for somebody. */
function describeActor(
  auth: AuthService,
  credentials: BackstageCredentials,
): string {
  if (auth.isPrincipal(credentials, 'service')) {
    return `system:${credentials.principal.subject}`;
  }
  if (auth.isPrincipal(credentials, 'user')) {
    return `system:${credentials.principal.actor?.subject}`;
  }
  return 'system:nobody';
}
