import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  AskForReleases,
  formatServiceRef,
  Permit,
  ReleaseWish,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactFile } from '@ground-control/backstage-plugin-ground-control-node';
import { hashCanonical } from '../../audit/hashCanonical';
import { cleanText } from '../../lib/cleanText';
import { ChangeHub } from '../../lib/ChangeHub';
import { gatherWhole } from '../branch/gatherWhole';
import { READ_ANEW } from '../branch/readBranchState';
import { DefaultRequestJudge } from '../DefaultRequestJudge';
import { refusalError } from '../refusalError';
import { RequestGate } from '../RequestGate';
import { buildWish } from '../resolve/buildWish';
import { refuse } from '../resolve/refuse';
import { resolveWish } from '../resolve/resolveWish';
import { Refusal, ResolveOptions, Wish } from '../resolve/types';
import { ReleaseRow, RequestRow } from '../types';
import { decideAsk } from './decideAsk';
import { findSuperseded } from './findSuperseded';
import { readAsked } from './readAsked';
import { Asked, JudgedWish, Requester } from './types';
import { writeAsked } from './writeAsked';

const LONGEST_REASON = 2_000;
const MOST_WISHES = 20;

export interface AskOptions extends ResolveOptions {
  hub: ChangeHub;
  gate: RequestGate;
  judge: DefaultRequestJudge;
  /** Milliseconds until a request in this environment expires. */
  expireAfterMs(environment: string): number;
  now(): Date;
}

/** What a wish would come to. */
export interface ExaminedWish extends Partial<JudgedWish> {
  /** Whether it may be asked for, as far as it is no matter of who asks. */
  ask: Permit;
  /** What would be written; of a rollback its tree alone says it. */
  files?: ArtifactFile[];
  /** Numbers of open requests whose place it would take. */
  supersedes: number[];
}

type Body = Omit<AskForReleases, 'idempotencyKey'>;

function hashBody({ wishes, reason, pauseAutoReleaseHours }: Body): string {
  return hashCanonical({ wishes, reason, pauseAutoReleaseHours });
}

function placeOf({ service, environment }: Wish): string {
  return `${environment}/${formatServiceRef(service)}`;
}

/** Names the wish that can't be asked for, where there are several. */
function nameRefusal(refusal: Refusal, wish: Wish, several: boolean): Refusal {
  return several
    ? { ...refusal, message: `${placeOf(wish)}: ${refusal.message}` }
    : refusal;
}

function checkWishes({ wishes }: Body) {
  if (wishes.length === 0 || wishes.length > MOST_WISHES) {
    throw new InputError(`Ask for 1 to ${MOST_WISHES} releases at once`);
  }
  const places = wishes.map(placeOf);
  const twice = places.find((place, i) => places.indexOf(place) < i);
  if (twice) {
    throw new InputError(
      `${twice} is asked for twice; a service runs one release at a time in an environment`,
    );
  }
}

/** Takes wishes for releases. */
export class AskService {
  constructor(private readonly options: AskOptions) {}

  /** Looks at what a wish would come to; nothing is written. */
  async examine(wish: Wish, signal?: AbortSignal): Promise<ExaminedWish> {
    const { knex, repository } = this.options;
    const gathered = await gatherWhole(knex, repository, () =>
      this.examineWhole(wish, signal),
    );
    return (
      gathered?.facts ?? { ask: refuse('unknown', READ_ANEW), supersedes: [] }
    );
  }

  private async examineWhole(
    wish: Wish,
    signal?: AbortSignal,
  ): Promise<ExaminedWish> {
    const { judge, knex, now, repository } = this.options;
    const resolution = await resolveWish(this.options, wish, signal);
    if (resolution.kind === 'refused') {
      return { ask: resolution.refusal, supersedes: [] };
    }
    const { release, files } = resolution;
    const judgement = await judge.judge(release, { now: now(), signal });
    return {
      ask: decideAsk({ release, judgement }),
      release,
      judgement,
      ...(files && { files }),
      supersedes: await findSuperseded(knex, repository, release),
    };
  }

  /**
   * Asks for releases: all of them are accepted, or none is.
   *
   * @returns the requests, in the order of the wishes; the same ones again for
   * the same idempotency key
   */
  async ask(
    credentials: BackstageCredentials,
    { idempotencyKey, ...body }: AskForReleases,
  ): Promise<RequestRow[]> {
    const { gate, knex, repository } = this.options;
    checkWishes(body);
    const [{ service, environment }] = body.wishes;
    const person = await gate.identify(credentials, {
      what: 'ask',
      service,
      environment,
    });
    const requester: Requester = { ...person, ref: person.entityRef };
    const digest = hashBody(body);
    const key = { repository, requester, idempotencyKey, digest };
    const before = await readAsked(knex, key);
    if (before.length > 0) return before;

    for (const wish of body.wishes) {
      const permit = await gate.permitAsking(credentials, wish.service);
      if (!permit.allowed) {
        await gate.refuse(
          person.entityRef,
          {
            what: 'ask',
            service: wish.service,
            environment: wish.environment,
          },
          permit,
        );
      }
    }
    return this.write(body.wishes, {
      ...key,
      reason: cleanText(body.reason ?? '', LONGEST_REASON),
      pauseAutoReleaseHours: body.pauseAutoReleaseHours,
    });
  }

  /**
   * Asks for what a policy of the service releases by itself. It is judged, and
   * decided where somebody has to, like any other.
   *
   * @param options - `author`: who made the build, whom the release names
   */
  async askAutomatically(
    wish: Extract<Wish, { intent: 'auto-release' }>,
    { author }: { author: { name: string; email: string } },
  ): Promise<RequestRow> {
    const { repository } = this.options;
    const [row] = await this.write([wish], {
      repository,
      requester: { ...author, ref: 'system:auto-release' },
      // A build is released by itself once, whoever sees it how often.
      idempotencyKey: hashCanonical(wish),
      digest: '',
    });
    return row;
  }

  /** Asks for the same as a request that they may see again, as things are now. */
  async repeat(
    credentials: BackstageCredentials,
    row: ReleaseRow,
    idempotencyKey: string,
  ): Promise<RequestRow> {
    const { knex } = this.options;
    const built = await gatherWhole(knex, row.repository, () =>
      buildWish(knex, row),
    );
    if (!built) throw refusalError(refuse('unknown', READ_ANEW));
    const wish: ReleaseWish = built.facts;
    const [repeated] = await this.ask(credentials, {
      wishes: [wish],
      idempotencyKey,
      ...(row.reason && { reason: row.reason }),
      ...(row.pause_auto_release_hours && {
        pauseAutoReleaseHours: row.pause_auto_release_hours,
      }),
    });
    return repeated;
  }

  private async write(
    wishes: Wish[],
    asked: Omit<Asked, 'wishes'>,
  ): Promise<RequestRow[]> {
    const { expireAfterMs, hub, knex, now } = this.options;
    const judged: JudgedWish[] = [];
    for (const wish of wishes) {
      const { ask, release, judgement } = await this.examine(wish);
      if (!ask.allowed) {
        throw refusalError(nameRefusal(ask, wish, wishes.length > 1));
      }
      judged.push({ release: release!, judgement: judgement! });
    }
    const rows = await knex.transaction(tx =>
      writeAsked(
        tx,
        { ...asked, wishes: judged },
        { now: now().getTime(), expireAfterMs },
      ),
    );
    await hub.publish({ kind: 'requests' });
    return rows;
  }
}
