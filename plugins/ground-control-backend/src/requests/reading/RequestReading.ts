import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AccessStanding,
  CandidatePage,
  Permit,
  ReleaseChoices,
  ReleaseRequest,
  ReleaseRequestDetail,
  ReleaseWish,
  RequestDiff,
  RequestPage,
  RequestPreview,
  RollbackPage,
  serviceReadPermission,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import pLimit from 'p-limit';
import { Cursor, ReadContext } from '../../releases';
import { readVisibleService } from '../../releases/readVisibleService';
import { READ_ANEW, readBranchState } from '../branch/readBranchState';
import { resolvePerson } from '../people/resolvePerson';
import { refuse } from '../resolve/refuse';
import { parseRequestRow } from '../store/parseRequestRow';
import { AccessRow, isAccessRow, ReleaseRow, RequestRow } from '../types';
import { CandidateCursor } from './candidateCursor';
import { DeciderBook, Standing } from './DeciderBook';
import { findSources } from './findSources';
import {
  queryVisible,
  RequestContext,
  RequestSelection,
} from './queryRequests';
import { readCandidatePage } from './readCandidatePage';
import { readChoices } from './readChoices';
import { readCurrent } from './readCurrent';
import { isOpen } from './isOpen';
import { readDetail } from './readDetail';
import { readDiff } from './readDiff';
import { readPreview } from './readPreview';
import { buildRequests, readRequests } from './readRequests';
import { readRollbacks } from './readRollbacks';
import { RequestCursor } from './requestCursor';
import { formatRequestId } from './requestId';
import { Reader, ReadingOptions } from './types';

/** Wishes that are looked at together. */
const AT_ONCE = 4;

const WAITING_UNKNOWN =
  'Which requests wait for you can’t be told now, because the catalog doesn’t answer; try again in a minute.';
const NOBODY: Standing = {
  leadOf: [],
  orphans: [],
  ledAlone: [],
  isPlatform: false,
};

/** What people see of release requests, each with their own rights. */
export class RequestReading {
  private readonly book: DeciderBook;

  constructor(private readonly options: ReadingOptions) {
    this.book = new DeciderBook(options.deciders);
  }

  /** @throws NotAllowedError for who may see no service at all */
  async list(
    credentials: BackstageCredentials,
    query: {
      selection: RequestSelection;
      before?: RequestCursor;
      limit: number;
    },
  ): Promise<RequestPage> {
    const context = await this.toRequestContext(credentials);
    if (context.services.kind === 'none') {
      throw new NotAllowedError(
        `You may not read services: the permission ${serviceReadPermission.name} is missing`,
      );
    }
    return readRequests(context, {
      ...query,
      settings: this.options.settings,
      now: this.now(),
    });
  }

  /** Requests that were just asked for, as their requester sees them. */
  async show(
    credentials: BackstageCredentials,
    rows: RequestRow[],
  ): Promise<ReleaseRequest[]> {
    const context = await this.toRequestContext(credentials);
    return buildRequests(context, rows, this.options.settings);
  }

  /** @throws NotFoundError in the same words when there is none and when the reader may not see it */
  async read(
    credentials: BackstageCredentials,
    number: number,
    signal?: AbortSignal,
  ): Promise<ReleaseRequestDetail> {
    const { settings, requests } = this.options;
    const context = this.toReadContext(await this.readReader(credentials));
    const row = await this.readRow(context, number);
    const examined = isOpen(row)
      ? await requests.examine(credentials, number, signal)
      : undefined;
    const now = this.now();
    const when = { now, signal };
    const detail = await readDetail(context, {
      settings,
      row: examined?.row ?? row,
      examined,
      standing:
        isAccessRow(row) && isOpen(row)
          ? await this.readAccessStanding(credentials, context, row, when)
          : undefined,
      now,
    });
    return isOpen(row) || isAccessRow(row)
      ? detail
      : { ...detail, repeat: await this.permitRepeating(credentials, row) };
  }

  async diff(
    credentials: BackstageCredentials,
    number: number,
    signal?: AbortSignal,
  ): Promise<RequestDiff> {
    const { knex } = this.options;
    const context = this.toReadContext(await this.readReader(credentials));
    const row = await this.readRow(context, number);
    if (isAccessRow(row)) return this.diffAccess(credentials, row, signal);
    const { from, to } = await findSources(knex, row as ReleaseRow);
    return readDiff(from, to, { ...this.options, signal });
  }

  async choices(
    credentials: BackstageCredentials,
    service: ServiceRef,
    environment: string,
  ): Promise<ReleaseChoices> {
    const { requests, settings } = this.options;
    this.checkEnvironment(environment);
    const permit = await requests.permitAsking(credentials, service);
    const context = this.toReadContext(await this.readReader(credentials));
    return readChoices(context, {
      settings,
      service,
      environment,
      ask: await this.permitWriting(permit),
      now: this.now(),
    });
  }

  /** @throws NotFoundError when the service may not be seen */
  async candidates(
    credentials: BackstageCredentials,
    service: ServiceRef,
    query: { before?: CandidateCursor; text?: string },
  ): Promise<CandidatePage> {
    const context = await this.toServiceContext(credentials, service);
    return readCandidatePage(context, {
      ...query,
      settings: this.options.settings,
      service,
      now: this.now(),
    });
  }

  /** @throws NotFoundError when the service may not be seen */
  async rollbacks(
    credentials: BackstageCredentials,
    service: ServiceRef,
    query: { environment: string; before?: Cursor },
  ): Promise<RollbackPage> {
    this.checkEnvironment(query.environment);
    const context = await this.toServiceContext(credentials, service);
    const { settings } = this.options;
    const place = { ...query, settings, service };
    const current = await readCurrent(context, place);
    const now = this.now();
    const page = await readRollbacks(context, {
      ...place,
      current: current?.row,
      now,
    });
    return { asOf: now.toISOString(), ...page };
  }

  /** @throws NotFoundError when one of the services may not be seen */
  async preview(
    credentials: BackstageCredentials,
    wishes: ReleaseWish[],
    signal?: AbortSignal,
  ): Promise<RequestPreview[]> {
    const { requests } = this.options;
    const reader = await this.readReader(credentials);
    const context = this.toReadContext(reader);
    const limit = pLimit(AT_ONCE);
    return Promise.all(
      wishes.map(wish =>
        limit(async () => {
          const permit = await requests.permitAsking(credentials, wish.service);
          return readPreview(context, {
            ...this.options,
            wish,
            reader,
            permit,
            signal,
          });
        }),
      ),
    );
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private checkEnvironment(environment: string): void {
    const { environments } = this.options.settings;
    if (environments.includes(environment)) return;
    throw new InputError(
      `There is no environment ${JSON.stringify(
        environment.slice(0, 100),
      )}; there are ${environments.join(', ')}`,
    );
  }

  private async permitRepeating(
    credentials: BackstageCredentials,
    row: RequestRow,
  ): Promise<Permit> {
    const service = { namespace: row.namespace, name: row.service };
    const { requests } = this.options;
    return this.permitWriting(
      await requests.permitAsking(credentials, service),
    );
  }

  /** What is missing for everybody is said before what somebody lacks. */
  private async permitWriting(permit: Permit): Promise<Permit> {
    const { canWrite, knex, settings } = this.options;
    if (!canWrite) {
      return refuse(
        'not-configured',
        'Ground Control may not write the config repository; set groundControl.configRepository.writing',
      );
    }
    const reading = await readBranchState(knex, settings.repository);
    return reading === undefined ? refuse('unknown', READ_ANEW) : permit;
  }

  private async readReader(credentials: BackstageCredentials): Promise<Reader> {
    const { access, auth } = this.options;
    const reader: Reader = {
      access: await access.readRequestAccess(credentials),
    };
    try {
      reader.person = resolvePerson(auth, credentials);
    } catch (error) {
      // Services read as well; nothing waits for them.
      if (!(error instanceof NotAllowedError)) throw error;
    }
    return reader;
  }

  private toReadContext({ access }: Reader): ReadContext {
    const { knex, settings } = this.options;
    return {
      knex,
      repository: settings.repository,
      services: access.services,
    };
  }

  private async toServiceContext(
    credentials: BackstageCredentials,
    service: ServiceRef,
  ): Promise<ReadContext> {
    const context = this.toReadContext(await this.readReader(credentials));
    await readVisibleService(context, service);
    return context;
  }

  private async toRequestContext(
    credentials: BackstageCredentials,
  ): Promise<RequestContext> {
    const reader = await this.readReader(credentials);
    const { person, access } = reader;
    return {
      ...this.toReadContext(reader),
      decide: access.decide,
      person,
      ...(await this.readStanding(person)),
    };
  }

  private async readAccessStanding(
    credentials: BackstageCredentials,
    context: ReadContext,
    row: AccessRow,
    when: { now: Date; signal?: AbortSignal },
  ): Promise<AccessStanding | undefined> {
    const { access, accessRequests } = this.options;
    if (!accessRequests) return undefined;
    const { clusters } = await access.readAccess(credentials);
    return accessRequests.readStanding(context, row, { ...when, clusters });
  }

  /** Beside an entry stand others', which not everybody may see. */
  private async diffAccess(
    credentials: BackstageCredentials,
    row: AccessRow,
    signal?: AbortSignal,
  ): Promise<RequestDiff> {
    const { access, accessRequests } = this.options;
    if (!accessRequests) {
      const missing = 'The gateway’s file isn’t read by this backend.';
      return { files: [], unchangedFiles: 0, missing };
    }
    const { repository: whole } = await access.readAccess(credentials);
    return accessRequests.readDiff(row, { whole, signal });
  }

  /** Of the squads whose requests wait: few, however many requests there are. */
  private async readStanding(
    person: string | undefined,
  ): Promise<Pick<RequestContext, 'standing' | 'waitingUnknown'>> {
    if (!person) return { standing: NOBODY };
    const { knex, settings } = this.options;
    const pending: Array<Pick<RequestRow, 'squad_ref' | 'intent'>> = await knex(
      'release_requests',
    )
      .where({ repository: settings.repository, state: 'pending' })
      .distinct('squad_ref', 'intent');
    const squads = [
      ...new Set(pending.flatMap(({ squad_ref }) => squad_ref ?? [])),
    ];
    const automatic = pending
      .filter(({ intent }) => intent === 'auto-release')
      .map(({ squad_ref }) => squad_ref);
    try {
      const now = this.now().getTime();
      return {
        standing: await this.book.readStanding(person, squads, now, automatic),
      };
    } catch {
      // Requests can be read all the same, whatever ails the catalog.
      return { standing: NOBODY, waitingUnknown: WAITING_UNKNOWN };
    }
  }

  private async readRow(
    context: ReadContext,
    number: number,
  ): Promise<RequestRow> {
    const raw = await queryVisible(context)
      .where('release_requests.number', number)
      .first('release_requests.*');
    if (!raw) {
      throw new NotFoundError(
        `There is no request ${formatRequestId(number)}, or you may not see it`,
      );
    }
    return parseRequestRow(raw);
  }
}
