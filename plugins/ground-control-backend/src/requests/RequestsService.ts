import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  AskForReleases,
  DecideRequest,
  OverrideRequest,
  Permit,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadsFiles } from '../artifacts';
import { ChangeHub } from '../lib/ChangeHub';
import { AccessService } from '../permissions';
import { PolicyJudge } from '../policies/types';
import { AccessRequests } from './AccessRequests';
import { AskService, ExaminedWish } from './ask/AskService';
import { CancelService } from './decide/CancelService';
import { DecideService } from './decide/DecideService';
import { OverrideService } from './decide/OverrideService';
import { RemindService } from './decide/RemindService';
import { ExaminedRequest, RequestDesk } from './decide/RequestDesk';
import { DefaultRequestJudge } from './DefaultRequestJudge';
import { CatalogPeople } from './people/CatalogPeople';
import { DecidersService } from './people/DecidersService';
import { RefusalBook } from './RefusalBook';
import { RequestGate } from './RequestGate';
import { ResolveOptions, Wish } from './resolve/types';
import { isAccessRow, isReleaseRow, RequestRow } from './types';

/** What release requests are joined with. */
export interface RequestsServiceOptions extends ResolveOptions {
  hub: ChangeHub;
  auth: AuthService;
  access: AccessService;
  policies: PolicyJudge;
  people: CatalogPeople;
  deciders: DecidersService;
  /** What was read of the store lately, for those who only look. */
  recentStore?: ReadsFiles;
  /** What those for access do in their own way; absent where there are none. */
  accessRequests?: Pick<AccessRequests, 'look' | 'rejudge' | 'repeat'>;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
  /** The clock; the system's by default. */
  now?(): Date;
}

/**
 * All that people do with release requests. Who they are, and what they may,
 * is found out here, at the time; nobody hands it in.
 */
export class RequestsService {
  /** Judges requests again before they become commits. */
  readonly judge: DefaultRequestJudge;
  private readonly gate: RequestGate;
  private readonly asking: AskService;
  private readonly desk: RequestDesk;
  /** The same, for those who only look. */
  private readonly looking: { asking: AskService; desk: RequestDesk };

  constructor(private readonly options: RequestsServiceOptions) {
    const now = () => options.now?.() ?? new Date();
    this.judge = new DefaultRequestJudge(options);
    const refusals = new RefusalBook(options.knex);
    this.gate = new RequestGate({ ...options, refusals, now });
    const shared = { ...options, gate: this.gate, judge: this.judge, now };
    this.asking = new AskService(shared);
    this.desk = new RequestDesk(shared);
    const store = options.recentStore ?? options.store;
    const looking = {
      ...shared,
      store,
      judge: new DefaultRequestJudge({ ...options, store }),
    };
    this.looking = {
      asking: new AskService(looking),
      desk: new RequestDesk(looking),
    };
  }

  /** Whether somebody may ask for releases of a service at all. */
  permitAsking(
    credentials: BackstageCredentials,
    service: ServiceRef,
  ): Promise<Permit> {
    return this.gate.permitAsking(credentials, service);
  }

  /** What a wish would come to, as far as it is no matter of who asks. */
  examineWish(wish: Wish, signal?: AbortSignal): Promise<ExaminedWish> {
    return this.looking.asking.examine(wish, signal);
  }

  ask(
    credentials: BackstageCredentials,
    ask: AskForReleases,
  ): Promise<RequestRow[]> {
    return this.asking.ask(credentials, ask);
  }

  askAutomatically(
    ...args: Parameters<AskService['askAutomatically']>
  ): Promise<RequestRow> {
    return this.asking.askAutomatically(...args);
  }

  /** Asks for the same as a request again, as things are now. */
  async repeat(
    credentials: BackstageCredentials,
    number: number,
    idempotencyKey: string,
  ): Promise<RequestRow> {
    const row = await this.gate.readVisible(credentials, number);
    if (isReleaseRow(row)) {
      return this.asking.repeat(credentials, row, idempotencyKey);
    }
    const { accessRequests } = this.options;
    if (!isAccessRow(row) || !accessRequests) {
      throw new ConflictError(
        'This backend can’t ask for a request of this kind; ask with one that can',
      );
    }
    return accessRequests.repeat(credentials, row, idempotencyKey);
  }

  /** Reads a request that somebody may see, and what they may do with it. */
  async examine(
    credentials: BackstageCredentials,
    number: number,
    signal?: AbortSignal,
  ): Promise<ExaminedRequest> {
    const row = await this.gate.readVisible(credentials, number);
    return this.looking.desk.examine(credentials, row, signal);
  }

  decide(
    credentials: BackstageCredentials,
    number: number,
    decision: DecideRequest,
  ): Promise<RequestRow> {
    return new DecideService(this.desk).decide(credentials, number, decision);
  }

  override(
    credentials: BackstageCredentials,
    number: number,
    override: OverrideRequest,
  ): Promise<RequestRow> {
    return new OverrideService(this.desk).override(
      credentials,
      number,
      override,
    );
  }

  cancel(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    return new CancelService(this.desk).cancel(credentials, number);
  }

  remind(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    return new RemindService(this.desk).remind(credentials, number);
  }
}
