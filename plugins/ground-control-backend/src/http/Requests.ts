import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Request } from 'express';
import { Access } from '../permissions';
import { ReadContext } from '../releases';
import { SquadsQuery } from './parameters';
import { showRepositoryStatus } from './showRepositoryStatus';
import { RouterOptions } from './types';

/**
 * Whose Groups somebody is in is decided when they sign in, and asking costs a
 * request. It decides what `mine` stands for, never what may be seen.
 */
const MINE_MS = 60_000;
const MOST_PEOPLE = 5_000;

/** What every route does before it calls: who asks, and what may they see? */
export class Requests {
  private readonly mine = new Map<
    string,
    { squads: string[]; readAt: number }
  >();

  constructor(private readonly options: RouterOptions) {}

  now(): Date {
    return this.options.now?.() ?? new Date();
  }

  /** People and services may read; nobody without credentials. */
  authenticate(request: Request): Promise<BackstageCredentials> {
    return this.options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
  }

  toContext(access: Access): ReadContext {
    const { knex, settings } = this.options;
    return {
      knex,
      repository: settings.repository,
      services: access.services,
    };
  }

  /** The Groups that the reader belongs to; a service belongs to none. */
  async readMine(credentials: BackstageCredentials): Promise<string[]> {
    if (!this.options.auth.isPrincipal(credentials, 'user')) {
      return [];
    }
    const person = credentials.principal.userEntityRef;
    const known = this.mine.get(person);
    const now = this.now().getTime();
    if (known && Math.abs(now - known.readAt) < MINE_MS) return known.squads;
    const info = await this.options.userInfo.getUserInfo(credentials);
    const squads = info.ownershipEntityRefs
      .map(ref => ref.toLowerCase())
      .filter(ref => ref.startsWith('group:'));
    if (this.mine.size >= MOST_PEOPLE) this.mine.clear();
    this.mine.set(person, { squads, readAt: now });
    return squads;
  }

  /** The squads that a query asks for; undefined for all. */
  toSquads(query: SquadsQuery, mine: string[]): string[] | undefined {
    if (query === 'all') return undefined;
    return query === 'mine' ? mine : query;
  }

  /**
   * The state of the config repository. Why it isn't read, and how far, is for
   * those who may read the repository.
   */
  async readRepositoryStatus(
    now: Date,
    access: Promise<Access>,
  ): Promise<RepositoryStatus> {
    const [status, { repository }] = await Promise.all([
      this.options.readRepositoryStatus(now),
      access,
    ]);
    return showRepositoryStatus(status, { repository });
  }
}
