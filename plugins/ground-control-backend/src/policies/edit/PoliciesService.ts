import { setTimeout as sleep } from 'node:timers/promises';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ChangePolicies,
  Policies,
  PolicyChanged,
  PolicyEdit,
  PolicyPreview,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../../lib/ChangeHub';
import { RequestGate } from '../../requests/RequestGate';
import { readPauses } from '../gather/readPauses';
import { buildPolicies } from './buildPolicies';
import { formatEffect } from './decideEffects';
import {
  EditExaminer,
  EditExaminerOptions,
  ExaminedEdit,
} from './EditExaminer';
import { EditingRights, EditingRightsOptions } from './EditingRights';
import { addPolicyChange, PolicyChangeRow } from './policyChangeRow';
import { compareContents, subjectOf } from './readPolicyState';
import { SubjectReader, SubjectReaderOptions } from './SubjectReader';
import { waitForPolicyChange } from './waitForPolicyChange';

export interface PoliciesServiceOptions
  extends SubjectReaderOptions,
    EditingRightsOptions,
    Pick<EditExaminerOptions, 'editor' | 'now'> {
  hub: ChangeHub;
  gate: RequestGate;
  /** Of this process; another one may have written. */
  mirror: Pick<Mirror, 'tip' | 'fetch' | 'objects'>;
  /** How long somebody waits for their change; shorter than clients do. */
  waitMs?: number;
}

const WAIT_MS = 5_500;
const FETCH_MS = 1_500;
const MAX_FILE = 1024 * 1024;

/** All that people do with policies. */
export class PoliciesService {
  readonly #options: PoliciesServiceOptions;
  readonly #reader: SubjectReader;
  readonly #rights: EditingRights;
  readonly #examiner: EditExaminer;

  constructor(options: PoliciesServiceOptions) {
    this.#options = options;
    this.#reader = new SubjectReader(options);
    this.#rights = new EditingRights(options);
    this.#examiner = new EditExaminer({
      ...options,
      reader: this.#reader,
      rights: this.#rights,
    });
  }

  /** The policies that hold for a subject, and whether somebody may change them. */
  async read(
    credentials: BackstageCredentials,
    subject: PolicySubject,
  ): Promise<Policies> {
    const facts = await this.#reader.read(credentials, subject);
    const { rules, service = rules } = facts;
    const permit = ({ target, fault }: typeof service) =>
      this.#rights.permit(credentials, facts.access, target, fault);
    const now = this.#options.now();
    const [ofRules, ofService, pauses] = await Promise.all([
      permit(rules),
      permit(service),
      subject.level === 'service'
        ? readPauses(this.#options.knex, {
            repository: this.#options.repository,
            service: subject.service,
            now: now.getTime(),
          })
        : [],
    ]);
    return buildPolicies(facts, {
      ...this.#options,
      permits: { rules: ofRules, service: ofService },
      pauses,
      now,
    });
  }

  /** What a change would come to; nothing is written. */
  async preview(
    credentials: BackstageCredentials,
    edit: PolicyEdit,
  ): Promise<PolicyPreview> {
    const { outcome, faults, notes, diff, effects, apply, file } =
      await this.#examiner.examine(credentials, edit);
    return {
      asOf: this.#options.now().toISOString(),
      object: file.file?.object ?? null,
      outcome,
      faults,
      notes,
      ...(diff && { diff }),
      effects,
      apply,
    };
  }

  /**
   * Changes policies by a commit.
   *
   * @throws ConflictError where the file isn't the one any more that was seen,
   * or the remote refuses the commit; ServiceUnavailableError where it can't be
   * reached. Nothing is changed then, unless the error says that it isn't known
   */
  async change(
    credentials: BackstageCredentials,
    input: ChangePolicies,
  ): Promise<PolicyChanged> {
    const { gate, hub, knex, now, repository } = this.#options;
    const { change: edit } = input;
    const subject = subjectOf(edit);
    const examined = await this.#examiner.examine(credentials, edit);
    const attempt = {
      what: 'change-policies',
      action: 'policy.refused',
      ...(subject.level === 'service' && { service: subject.service }),
    };
    const person = await gate.identify(credentials, attempt);
    if (!examined.apply.allowed) {
      await gate.refuse(person.entityRef, attempt, examined.apply);
    }
    const { faults, outcome, change, effects, file } = examined;
    if (outcome === 'refused') {
      throw new InputError(faults.map(({ message }) => message).join(' '));
    }
    const asOf = now().toISOString();
    // A second click, or the form of an answer that got lost.
    if (outcome === 'unchanged') return { asOf, effects: [] };
    const object = file.file?.object ?? null;
    if (object !== input.object) throw await this.#changed(input, examined);
    const number = await addPolicyChange(knex, {
      repository,
      askedAt: now().getTime(),
      by: person,
      subject,
      change,
      object,
      reason: input.reason,
      effects,
    });
    await hub.publish({ kind: 'requests' });
    const { waitMs = WAIT_MS } = this.#options;
    const row = await waitForPolicyChange(knex, number, waitMs);
    return this.#answer(credentials, input, row);
  }

  async #answer(
    credentials: BackstageCredentials,
    input: ChangePolicies,
    { state, code, message, revision, effects }: PolicyChangeRow,
  ): Promise<PolicyChanged> {
    const asOf = this.#options.now().toISOString();
    switch (state) {
      case 'done':
        await this.#catchUp(revision);
        return { asOf, revision, effects };
      case 'unchanged':
        return { asOf, effects: [] };
      case 'changed':
        await this.#catchUp();
        throw await this.#changed(
          input,
          await this.#examiner.examine(credentials, input.change),
        );
      case 'writing':
        throw unavailable(
          'unsure',
          `It isn't known yet whether the change arrived${
            message ? `: ${message}.` : '.'
          } Look at the policies again in a minute, before you make it anew.`,
        );
      case 'withdrawn':
        throw unavailable(
          'nobody-writes',
          'No backend could write the change in time, so it was taken back, and nothing was changed. Try again in a minute.',
        );
      default: {
        const why = `Nothing was changed. ${message}`;
        const isFinal = ['remote-refused', 'remote-forbidden', 'refused'];
        if (!isFinal.includes(code ?? '')) throw unavailable(code, why);
        throw Object.assign(new ConflictError(why), { code });
      }
    }
  }

  /**
   * Has what is read next be what was written, on whichever replica. A remote
   * that takes its time is not waited for: the answer is known already.
   */
  async #catchUp(revision?: string): Promise<void> {
    const { mirror } = this.#options;
    if (revision !== undefined && mirror.tip === revision) return;
    await Promise.race([
      mirror.fetch().catch(() => undefined),
      sleep(FETCH_MS, undefined, { ref: false }),
    ]);
  }

  /** Says what others changed since the reader looked. */
  async #changed(
    { change, object }: ChangePolicies,
    { file, facts }: ExaminedEdit,
  ): Promise<Error> {
    const seen = object === null ? undefined : await this.#readSeen(object);
    const effects =
      object !== null && !seen
        ? []
        : compareContents(
            change,
            { before: seen, after: file.file?.content },
            { ...this.#options, squadRef: facts.squadRef },
          );
    const what =
      effects.length === 0
        ? ''
        : ` What changed for you: ${effects
            .slice(0, 10)
            .map(formatEffect)
            .join('; ')}.`;
    return Object.assign(
      new ConflictError(
        `${file.path} was changed since you looked at it.${what} Look at it again, and make your change on that.`,
      ),
      { code: 'changed' },
    );
  }

  /**
   * The file as it was seen. Its id is only said to be one: so nothing of it is
   * told but what it says as a file of policies.
   */
  async #readSeen(object: string): Promise<Buffer | undefined> {
    const objects = await this.#options.mirror.objects();
    const found = await objects.read(object, { maxBytes: MAX_FILE });
    return found.found === 'yes' && found.type === 'blob'
      ? found.content
      : undefined;
  }
}

function unavailable(code: string | undefined, message: string): Error {
  return Object.assign(new ServiceUnavailableError(message), { code });
}
