import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ChangeHub } from '../../lib/ChangeHub';
import { DefaultRequestJudge, RequestLook } from '../DefaultRequestJudge';
import { KnownPerson } from '../people/types';
import { refusalError } from '../refusalError';
import { RequestGate } from '../RequestGate';
import { Refusal } from '../resolve/types';
import { readDecisions } from '../store/readDecisions';
import { readRequestRow } from '../store/readRequestRow';
import { DecisionRow, RequestRow } from '../types';
import { decidePermits, Permits } from './decidePermits';
import { findBlocks, readOverridden } from './findBlocks';
import { bindToDecisions } from './findJudgementChanges';
import { outdateRequest } from './outdateRequest';
import { ActorOptions, ReadActor, readActor } from './readActor';
import { readLastReminder } from './readLastReminder';

export interface DeskOptions extends ActorOptions {
  hub: ChangeHub;
  gate: RequestGate;
  judge: DefaultRequestJudge;
  now(): Date;
}

/** A request as it stands now, for one reader. */
export interface ExaminedRequest extends ReadActor {
  row: RequestRow;
  decisions: DecisionRow[];
  look: RequestLook;
  permits: Permits;
}

/** Somebody who acts on a request, and how it stands. */
export interface Entered {
  person: KnownPerson;
  examined: ExaminedRequest;
}

/** What everything that people do with a request begins with. */
export class RequestDesk {
  constructor(readonly options: DeskOptions) {}

  /** Looks at a request that the reader may see; nothing is written. */
  async examine(
    credentials: BackstageCredentials,
    row: RequestRow,
    signal?: AbortSignal,
  ): Promise<ExaminedRequest> {
    const { judge, knex, now } = this.options;
    const at = now();
    const [judged, all, remindedAt] = await Promise.all([
      judge.look(row, { now: at, signal }),
      readDecisions(knex, [row.number]),
      readLastReminder(knex, row.number),
    ]);
    const decisions = all.get(row.number) ?? [];
    const changes = bindToDecisions(judged.changes, decisions);
    const look = { ...judged, changes };
    const { overridable } = findBlocks(look.verdicts, readOverridden(row));
    const read = await readActor(this.options, credentials, {
      row,
      decisions,
      platformNeeded: row.platform_needed || look.requirement.platform,
      overridable: overridable.length > 0,
    });
    const facts = { ...look, row, decisions, ...read, now: at, remindedAt };
    return { row, decisions, look, ...read, permits: decidePermits(facts) };
  }

  /** Finds out who acts on which request, and how it stands. */
  async enter(
    credentials: BackstageCredentials,
    number: number,
    what: string,
  ): Promise<Entered> {
    const { gate } = this.options;
    const row = await gate.readVisible(credentials, number);
    const person = await gate.identify(credentials, toTry(row, what));
    const examined = await this.examine(credentials, row);
    return { person, examined };
  }

  /** Throws where it isn't permitted; what outdates a request is written down. */
  async check(
    { person, examined }: Entered,
    what: string,
    permit: { allowed: true } | Refusal,
  ): Promise<void> {
    if (permit.allowed) return;
    if (permit.code === 'changed') await this.outdate(examined);
    const { gate } = this.options;
    await gate.refuse(person.entityRef, toTry(examined.row, what), permit);
  }

  /** A decision counts only for what it was made on. */
  async checkEvidence(
    examined: ExaminedRequest,
    evidence: string,
  ): Promise<void> {
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

  /** As the other click left it: the row was read before its decision was. */
  async readAgain(row: RequestRow): Promise<RequestRow> {
    return (await readRequestRow(this.options.knex, row.number)) ?? row;
  }

  private async outdate({ row, look }: ExaminedRequest) {
    const { hub, knex, now } = this.options;
    const isWritten = await knex.transaction(tx =>
      outdateRequest(tx, { number: row.number, look, at: now().getTime() }),
    );
    if (isWritten) await hub.publish({ kind: 'requests' });
  }
}

function toTry(row: RequestRow, what: string) {
  return {
    what,
    number: row.number,
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
  };
}
