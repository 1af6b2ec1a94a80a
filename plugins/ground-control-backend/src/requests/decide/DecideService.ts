import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  DecideRequest,
  OverrideRequest,
  RequestDecider,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ChangeHub } from '../../lib/ChangeHub';
import { AccessService } from '../../permissions';
import { cleanMessage } from '../addStep';
import { DefaultRequestJudge, RequestLook } from '../DefaultRequestJudge';
import { moveRequest } from '../moveRequest';
import { DecidersService } from '../people/DecidersService';
import { KnownPerson } from '../people/types';
import { refusalError } from '../refusalError';
import { RequestGate } from '../RequestGate';
import { Refusal } from '../resolve/types';
import { lockRequests } from '../store/lockRequests';
import { readDecisions } from '../store/readDecisions';
import { readRequestRow } from '../store/readRequestRow';
import { DecisionRow, RequestRow } from '../types';
import { Actor, decidePermits, Permits } from './decidePermits';
import { findBlocks, readOverridden } from './findBlocks';
import { outdateRequest } from './outdateRequest';
import { readActor } from './readActor';
import { DecisionToWrite, writeDecision } from './writeDecision';

const LEAST_REASON = 20;

export interface DecideOptions {
  knex: Knex;
  hub: ChangeHub;
  auth: AuthService;
  access: AccessService;
  gate: RequestGate;
  judge: DefaultRequestJudge;
  deciders: DecidersService;
  now(): Date;
}

/** A request as it stands now, for one reader. */
export interface ExaminedRequest {
  row: RequestRow;
  decisions: DecisionRow[];
  look: RequestLook;
  actor: Actor;
  deciders: RequestDecider[];
  permits: Permits;
}

/** Takes decisions on requests, and what else people do with them. */
export class DecideService {
  constructor(private readonly options: DecideOptions) {}

  /** Looks at a request that the reader may see; nothing is written. */
  async examine(
    credentials: BackstageCredentials,
    row: RequestRow,
    signal?: AbortSignal,
  ): Promise<ExaminedRequest> {
    const { judge, knex, now } = this.options;
    const [look, all] = await Promise.all([
      judge.look(row, { now: now(), signal }),
      readDecisions(knex, [row.number]),
    ]);
    const decisions = all.get(row.number) ?? [];
    const { overridable } = findBlocks(look.verdicts, readOverridden(row));
    const { actor, deciders } = await readActor(this.options, credentials, {
      row,
      decisions,
      platformNeeded: row.platform_needed || look.requirement.platform,
      overridable: overridable.length > 0,
    });
    const facts = { ...look, row, decisions, actor, deciders };
    return {
      row,
      decisions,
      look,
      actor,
      deciders,
      permits: decidePermits(facts),
    };
  }

  /**
   * Approves or rejects a request, for good. The same again changes nothing.
   *
   * @throws ConflictError where it isn't what was decided on any more
   */
  async decide(
    credentials: BackstageCredentials,
    number: number,
    input: DecideRequest,
  ): Promise<RequestRow> {
    const what = input.decision;
    const comment = cleanMessage(input.comment) ?? undefined;
    const { person, row, examined } = await this.enter(
      credentials,
      number,
      what,
    );
    const own = examined.decisions.find(
      ({ decided_by }) => decided_by === person.entityRef,
    );
    // A double click, or an answer that got lost.
    if (own?.decision === what && own.evidence === input.evidence) {
      return this.readAgain(row);
    }
    await this.check(person, examined, what, examined.permits[what]);
    if (what === 'reject' && !comment) {
      throw new InputError('Say in a comment why you reject it');
    }
    await this.checkEvidence(examined, input.evidence);
    const warnings = findWarnings(examined.look.verdicts);
    if (what === 'approve') checkAccepted(warnings, input.accepted ?? []);
    return this.write(person, examined, {
      decision: what,
      role: examined.actor.role!,
      comment,
      accepted: what === 'approve' ? warnings : [],
    });
  }

  /** Goes over a block, for a reason that everybody can read. */
  async override(
    credentials: BackstageCredentials,
    number: number,
    input: OverrideRequest,
  ): Promise<RequestRow> {
    const reason = cleanMessage(input.reason) ?? '';
    const { person, row, examined } = await this.enter(
      credentials,
      number,
      'override',
    );
    const own = examined.decisions.find(
      ({ decided_by }) => decided_by === person.entityRef,
    );
    if (own?.decision === 'override' && own.evidence === input.evidence) {
      return this.readAgain(row);
    }
    await this.check(person, examined, 'override', examined.permits.override);
    if (reason.length < LEAST_REASON) {
      throw new InputError(
        `Say why in ${LEAST_REASON} characters or more; it stands in the audit trail`,
      );
    }
    await this.checkEvidence(examined, input.evidence);
    return this.write(person, examined, {
      decision: 'override',
      role: examined.actor.overrideRole!,
      comment: reason,
      accepted: [],
    });
  }

  /** Takes a request back. The same again changes nothing. */
  async cancel(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    const { hub, knex, now } = this.options;
    const { person, row, examined } = await this.enter(
      credentials,
      number,
      'cancel',
    );
    if (row.state === 'cancelled') return row;
    await this.check(person, examined, 'cancel', examined.permits.cancel);
    const moved = await knex.transaction(tx =>
      moveRequest(tx, {
        number,
        event: {
          type: 'cancel',
          at: now().getTime(),
          code: 'cancelled',
          actor: person.entityRef,
          actorName: person.name,
        },
      }),
    );
    if (!moved) throw overtaken();
    await hub.publish({ kind: 'requests' });
    return moved;
  }

  /** As the other click left it: the row was read before its decision was. */
  private async readAgain(row: RequestRow): Promise<RequestRow> {
    return (await readRequestRow(this.options.knex, row.number)) ?? row;
  }

  private async enter(
    credentials: BackstageCredentials,
    number: number,
    what: string,
  ) {
    const { gate } = this.options;
    const row = await gate.readVisible(credentials, number);
    const person = await gate.identify(credentials, {
      what,
      number,
      environment: row.environment,
      service: { namespace: row.namespace, name: row.service },
    });
    const examined = await this.examine(credentials, row);
    return { row, person, examined };
  }

  /** Throws where it isn't permitted; what outdates a request is written down. */
  private async check(
    person: KnownPerson,
    examined: ExaminedRequest,
    what: string,
    permit: { allowed: true } | Refusal,
  ) {
    if (permit.allowed) return;
    const { row } = examined;
    if (permit.code === 'changed') await this.outdate(examined);
    await this.options.gate.refuse(
      person.entityRef,
      {
        what,
        number: row.number,
        environment: row.environment,
        service: { namespace: row.namespace, name: row.service },
      },
      permit,
    );
  }

  /** A decision counts only for what it was made on. */
  private async checkEvidence(examined: ExaminedRequest, evidence: string) {
    const { look } = examined;
    if (evidence === look.evidence) return;
    await this.outdate(examined);
    const [change] = look.changes;
    throw refusalError({
      allowed: false,
      code: 'changed',
      message: `${
        change?.message ?? 'The request changed while you were reading.'
      } Look at it again, and decide then.`,
    });
  }

  private async outdate({ row, look }: ExaminedRequest) {
    const { hub, knex, now } = this.options;
    const isWritten = await knex.transaction(tx =>
      outdateRequest(tx, { number: row.number, look, at: now().getTime() }),
    );
    if (isWritten) await hub.publish({ kind: 'requests' });
  }

  private async write(
    person: KnownPerson,
    { row, look }: ExaminedRequest,
    decision: Pick<
      DecisionToWrite,
      'decision' | 'role' | 'comment' | 'accepted'
    >,
  ): Promise<RequestRow> {
    const { hub, knex, now } = this.options;
    const { number } = row;
    const written = await knex.transaction(async tx => {
      const [locked] = await lockRequests(tx, [number]);
      const decisions = (await readDecisions(tx, [number])).get(number) ?? [];
      const own = decisions.find(
        ({ decided_by }) => decided_by === person.entityRef,
      );
      // The other one of a double click was faster.
      if (
        own?.decision === decision.decision &&
        own.evidence === look.evidence
      ) {
        return locked;
      }
      if (own || locked?.state !== row.state) throw overtaken();
      return writeDecision(tx, locked, decisions, {
        ...decision,
        person,
        look,
        at: now().getTime(),
      });
    });
    await hub.publish({ kind: 'requests' });
    return written;
  }
}

function findWarnings(verdicts: Verdict[]): Verdict[] {
  return verdicts.filter(({ level }) => level === 'warning');
}

function checkAccepted(warnings: Verdict[], accepted: string[]) {
  const open = warnings.filter(({ policy }) => !accepted.includes(policy));
  if (open.length > 0) {
    throw new InputError(
      `Accept each warning by name to approve: ${open
        .map(({ policy, reason }) => `${policy} (${reason})`)
        .join('; ')}`,
    );
  }
}

function overtaken() {
  return Object.assign(
    new ConflictError(
      'Somebody was faster: the request isn’t in the state any more that you saw. Look at it again.',
    ),
    { code: 'state' },
  );
}
