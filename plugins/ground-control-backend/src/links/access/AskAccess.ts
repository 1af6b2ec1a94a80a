import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AccessWish,
  AskForAccess,
} from '@ground-control/backstage-plugin-ground-control-common';
import { hashCanonical } from '../../audit/hashCanonical';
import { ChangeHub } from '../../lib/ChangeHub';
import { cleanText } from '../../lib/cleanText';
import { AccessService } from '../../permissions';
import { ReadContext } from '../../releases';
import { readAsked } from '../../requests/ask/readAsked';
import { AskedForm } from '../../requests/ask/types';
import { gatherWhole } from '../../requests/branch/gatherWhole';
import { READ_ANEW } from '../../requests/branch/readBranchState';
import { describeBlocks, findBlocks } from '../../requests/decide/findBlocks';
import { refusalError } from '../../requests/refusalError';
import { RequestGate } from '../../requests/RequestGate';
import { refuse } from '../../requests/resolve/refuse';
import { readAskedAccess } from '../../requests/store/readAskedAccess';
import { AccessRow, RequestRow } from '../../requests/types';
import type { AccessJudgeOptions } from './AccessJudge';
import { buildAccessRow } from './buildAccessRow';
import { decideAccess } from './decideAccess';
import { permitWriting } from './permitWriting';
import { readAccessFacts } from './readAccessFacts';
import { readCalled } from './readCalled';
import { writeAskedAccess } from './store/writeAskedAccess';

export interface AskAccessOptions extends AccessJudgeOptions {
  hub: ChangeHub;
  access: AccessService;
  gate: RequestGate;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
  /** The clock; the system's by default. */
  now?(): Date;
}

const LONGEST_REASON = 2_000;

/** Takes wishes for access through the gateway. */
export class AskAccess {
  constructor(private readonly options: AskAccessOptions) {}

  /**
   * Asks for an entry to come or to go.
   *
   * @returns the request; the same one again for the same idempotency key
   * @throws NotAllowedError for who is no person, or may not ask or read
   * clusters; NotFoundError in the same words where there is no such service
   * and where they may not see it; ConflictError where it can't be asked for,
   * with what would help; ServiceUnavailableError where that isn't known now
   */
  async ask(
    credentials: BackstageCredentials,
    { idempotencyKey, reason, wish }: AskForAccess,
  ): Promise<RequestRow> {
    const { access, gate, knex, repository } = this.options;
    const attempt = { what: 'ask', service: wish.service };
    const person = await gate.identify(credentials, attempt);
    const { services } = await access.readClusterAccess(credentials);
    const form: AskedForm = {
      repository,
      requester: { ...person, ref: person.entityRef },
      reason: cleanText(reason ?? '', LONGEST_REASON),
      idempotencyKey,
      digest: hashCanonical({ wish, reason }),
    };
    const [before] = await readAsked(knex, form);
    if (before) return before;

    const permit = await gate.permitAsking(credentials, wish.service);
    if (!permit.allowed) {
      await gate.refuse(person.entityRef, attempt, permit);
    }
    return this.#write({ knex, repository, services }, form, wish);
  }

  /** Asks for the same as a request that they may see again, as things are now. */
  async repeat(
    credentials: BackstageCredentials,
    { number, reason }: AccessRow,
    idempotencyKey: string,
  ): Promise<RequestRow> {
    const asked = await readAskedAccess(this.options.knex, [number]);
    const wish = await this.#renew(asked.get(number)!.wish);
    return this.ask(credentials, {
      wish,
      idempotencyKey,
      ...(reason !== null && { reason }),
    });
  }

  /** A service may be another squad's by now, which its entry has to name then. */
  async #renew(wish: AccessWish): Promise<AccessWish> {
    const { knex, repository } = this.options;
    const { cluster, kind, name, namespace = '' } = wish;
    if (kind !== 'ingress') return wish;
    const called = await readCalled(
      { knex, repository, services: { kind: 'all' } },
      { cluster, name, namespace },
    );
    if (called?.squadRef === undefined) return wish;
    const { squad, ...others } = wish;
    return others;
  }

  async #write(
    context: ReadContext,
    form: AskedForm,
    wish: AccessWish,
  ): Promise<RequestRow> {
    const { expireAfterMs, hub, knex, repository } = this.options;
    const writing = permitWriting(this.options);
    if (!writing.allowed) throw refusalError(writing);
    const now = this.options.now?.() ?? new Date();
    const gathered = await gatherWhole(knex, repository, () =>
      readAccessFacts(context, {
        ...this.options,
        wish,
        now,
        countsUsers: true,
      }),
    );
    if (!gathered) throw refusalError(refuse('unknown', READ_ANEW));
    const { address, called, facts, squad } = gathered.facts;
    const { changed, path } = facts;
    const decision = decideAccess(facts);
    const { final } = findBlocks(decision.verdicts, []);
    if (final.length > 0 || changed.kind === 'refused') {
      throw refusalError(refuse('blocked', describeBlocks(final)));
    }
    const filled = { ...wish, ...(squad !== undefined && { squad }) };
    const environment = await this.#readEnvironment(wish.cluster);
    const row = buildAccessRow(
      form,
      {
        wish: filled,
        decision,
        environment,
        ...(called && { called }),
      },
      {
        now: now.getTime(),
        ordinal: 0,
        expiresAt: now.getTime() + expireAfterMs(environment),
      },
    );
    const { entry } = changed;
    const access = { wish: JSON.stringify(filled), path, entry, address };
    const written = await knex.transaction(tx =>
      writeAskedAccess(tx, form, { row, access }),
    );
    await hub.publish({ kind: 'requests' });
    return written;
  }

  async #readEnvironment(cluster: string): Promise<string> {
    const row = await this.options
      .knex('clusters')
      .where({ cluster })
      .first('environment');
    return row?.environment ?? '';
  }
}
