import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AccessPreview,
  AccessWish,
  Permit,
  RequestDecider,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { LinkReadContext } from '../../latency/reading/types';
import { AccessService } from '../../permissions';
import { buildPolicyDiff } from '../../policies/edit/buildPolicyDiff';
import { ReadContext } from '../../releases';
import { describeBlocks, findBlocks } from '../../requests/decide/findBlocks';
import { DecidersService } from '../../requests/people/DecidersService';
import { resolvePerson } from '../../requests/people/resolvePerson';
import { refuse } from '../../requests/resolve/refuse';
import { GatewaySettings } from '../entries/types';
import { decideAccess } from './decideAccess';
import { tryListDeciders } from '../../requests/people/tryListDeciders';
import { permitWriting, WritingFacts } from './permitWriting';
import { readAccessFacts } from './readAccessFacts';
import { AccessDecision } from './types';

export interface AccessReadingOptions extends WritingFacts {
  knex: Knex;
  repository: string;
  auth: AuthService;
  access: AccessService;
  deciders: DecidersService;
  /** Of the repository that the gateway's file lies in. */
  files: RepositoryFiles;
  gateway: GatewaySettings;
  readLinkedPairs: LinkReadContext['readLinkedPairs'];
  /** Whether somebody may ask for releases of a service at all. */
  permitAsking(
    credentials: BackstageCredentials,
    service: ServiceRef,
  ): Promise<Permit>;
  /** The clock; the system's by default. */
  now?(): Date;
}

const CONTEXT = 3;

/** What wishes for access through the gateway would come to, each with the reader's own rights. */
export class AccessReading {
  constructor(private readonly options: AccessReadingOptions) {}

  /**
   * Looks at what a wish would come to; nothing is written.
   *
   * @throws NotAllowedError for who may not read clusters; NotFoundError in the
   * same words where there is no such service and where they may not see it;
   * ServiceUnavailableError where the file's repository can't be read now
   */
  async preview(
    credentials: BackstageCredentials,
    wish: AccessWish,
  ): Promise<AccessPreview> {
    const { access, gateway, knex, permitAsking, repository } = this.options;
    const { path } = gateway;
    const rights = await access.readClusterAccess(credentials);
    const permit = await permitAsking(credentials, wish.service);
    const { services } = rights;
    const context: ReadContext = { knex, repository, services };
    const now = this.options.now?.() ?? new Date();
    const { file, facts, address } = await readAccessFacts(context, {
      ...this.options,
      wish,
      now,
    });
    const decision = decideAccess(facts);
    const { changed, links, users } = facts;
    const after = changed.kind === 'changed' ? changed : undefined;
    return {
      asOf: now.toISOString(),
      wish,
      ask: this.#permit(permit, decision),
      path,
      object: file?.object ?? null,
      entry: after?.entry ?? '',
      ...(after && {
        diff: buildPolicyDiff(
          path,
          { before: file?.content, after: after.content ?? undefined },
          // Beside an entry stand others', which not everybody may see.
          rights.repository ? CONTEXT : 0,
        ),
      }),
      address,
      links,
      verdicts: decision.verdicts,
      users: users?.seen ?? [],
      hiddenUsers: users?.hidden ?? 0,
      requirement: decision.requirement,
      ...(decision.squadRef !== undefined && { squad: decision.squadRef }),
      ...(await this.#listDeciders(credentials, decision)),
    };
  }

  /** What is missing for everybody is said before what somebody lacks. */
  #permit(permit: Permit, { verdicts }: AccessDecision): Permit {
    const writing = permitWriting(this.options);
    if (!writing.allowed) return writing;
    if (!permit.allowed) return permit;
    const { final } = findBlocks(verdicts, []);
    return final.length > 0
      ? refuse('blocked', describeBlocks(final))
      : { allowed: true };
  }

  async #listDeciders(
    credentials: BackstageCredentials,
    { requirement, squadRef }: AccessDecision,
  ): Promise<{ deciders: RequestDecider[]; decidersUnknown?: string }> {
    const except = this.#findPerson(credentials);
    const by = {
      squadRef,
      platformNeeded: requirement.platform,
      requestedBy: except[0],
    };
    return tryListDeciders(this.options.deciders, by, { except });
  }

  /** Nobody decides on what they ask for; a service asks for nothing. */
  #findPerson(credentials: BackstageCredentials): string[] {
    try {
      return [resolvePerson(this.options.auth, credentials)];
    } catch (error) {
      if (error instanceof NotAllowedError) return [];
      throw error;
    }
  }
}
