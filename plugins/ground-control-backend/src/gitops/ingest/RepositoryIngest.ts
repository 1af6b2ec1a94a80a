import { Knex } from 'knex';
import {
  Layout,
  LoggedCommit,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { takeTurn } from '../../lib/takeTurn';
import { loadServices, loadState } from '../store/loadState';
import { readRepositoryRow } from '../store/repositoryRow';
import { splitBatch } from '../store/splitBatch';
import { BEHIND_CHUNK, updateBehind } from '../store/updateBehind';
import { writeBatch } from '../store/writeBatch';
import { BatchSize } from './BatchSize';
import { decideCommit, needsReading } from './decideCommit';
import { FileReadings, WantedFile } from './FileReadings';
import { findServiceNames } from './findServiceNames';
import { KnownState } from './KnownState';
import { dropUnfinished, rewind } from './rewind';
import { BatchRows, emptyBatch } from './types';

/** Runs its work in a transaction that fails when we may not write any more. */
export type Transact = <T>(
  work: (tx: Knex.Transaction) => Promise<T>,
) => Promise<T>;

export interface RepositoryIngestOptions {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  /** In the order of promotion. */
  environments: string[];
  transact: Transact;
  /** Called after each transaction, with the services that it changed. */
  onWritten: (services: ServiceRef[] | 'all') => Promise<void>;
  /** Called with the number of commits of each transaction. */
  onIngested: (commits: number) => void;
}

/** How a catch-up ended. */
export interface CatchUp {
  commits: number;
  rewritten: boolean;
}

/** A few huge commits fill a transaction as well as many small ones. */
const BATCH_CHANGES = 1_000;

/**
 * Brings the tables from the last commit that was read to a new tip. One
 * instance per lease: it remembers what it wrote, which is right only while
 * nobody else writes.
 */
export class RepositoryIngest {
  readonly #options: RepositoryIngestOptions;
  readonly #environments: ReadonlySet<string>;
  readonly #readings: FileReadings;
  readonly #batchSize: BatchSize;
  #known?: KnownState;
  /** Whoever read last may have died within a commit. */
  #mayBeUnfinished = true;
  /** Services whose `behind` isn't as it should be for all that is written. */
  #uncounted: 'all' | Map<string, ServiceRef> = 'all';

  constructor(options: RepositoryIngestOptions) {
    this.#options = options;
    this.#environments = new Set(options.environments);
    this.#readings = new FileReadings(options.layout);
    this.#batchSize = new BatchSize(options.knex);
  }

  /** Reads all commits up to `tip`. What is written stays, whatever fails. */
  async catchUp(tip: string, signal: AbortSignal): Promise<CatchUp> {
    const { knex, repository } = this.#options;
    try {
      const row = await readRepositoryRow(knex, repository);
      let from: { revision?: string; position: number } = {
        revision: row?.tip ?? undefined,
        position: row?.position ?? 0,
      };
      if (this.#mayBeUnfinished) {
        const { position } = from;
        await dropUnfinished({ ...this.#options, position, signal });
        this.#mayBeUnfinished = false;
      }
      let rewritten = false;
      let commits = 0;
      if (from.revision !== tip) {
        const isNext = await this.#read(from, tip, signal, n => (commits += n));
        if (!isNext) {
          rewritten = true;
          from = await this.#rewind(from.position, tip, signal);
          await this.#read(from, tip, signal, n => (commits += n));
        }
      }
      if (rewritten || (row && row.anew_since !== null)) {
        await this.#noteWhole();
      }
      await this.#countBehind(signal);
      return { commits, rewritten };
    } catch (error) {
      this.#known = undefined;
      this.#uncounted = 'all';
      this.#mayBeUnfinished = true;
      throw error;
    }
  }

  /**
   * @returns false when the new history doesn't go on where the tables end;
   * nothing was written then
   */
  async #read(
    from: { revision?: string; position: number },
    tip: string,
    signal: AbortSignal,
    onCommits: (count: number) => void,
  ): Promise<boolean> {
    if (from.revision === tip) return true;
    const { mirror, layout } = this.#options;
    let position = from.position;
    let parent = from.revision ?? '';
    let batch: LoggedCommit[] = [];
    let changes = 0;
    let started = false;
    const flush = async (last: boolean) => {
      if (batch.length === 0) return;
      await this.#write(batch, position, last && !started, signal);
      started = true;
      position += batch.length;
      onCommits(batch.length);
      this.#options.onIngested(batch.length);
      batch = [];
      changes = 0;
      // Others' requests have their turn between two transactions.
      await takeTurn();
    };
    const known = from.revision !== undefined;
    // An old tip that the mirror doesn't have any more was rewritten away.
    if (known && !(await this.#has(from.revision!, signal))) return false;
    const log = mirror.log({
      from: from.revision,
      to: tip,
      keep: path => layout.readPath(path).kind !== 'other',
      signal,
    });
    for await (const commits of log) {
      for (const commit of commits) {
        if (commit.parent !== parent) return false;
        parent = commit.revision;
        batch.push(commit);
        changes += commit.changes.length;
        if (
          batch.length >= this.#batchSize.commits ||
          changes >= BATCH_CHANGES
        ) {
          await flush(false);
        }
      }
    }
    await flush(true);
    return parent === tip;
  }

  async #has(revision: string, signal: AbortSignal): Promise<boolean> {
    const objects = await this.#options.mirror.objects();
    const object = await objects.read(revision, { maxBytes: 1 << 20, signal });
    return object.found !== 'no';
  }

  async #write(
    commits: LoggedCommit[],
    before: number,
    isWhole: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex, repository, layout, environments, transact, mirror } =
      this.#options;
    this.#known ??= await loadState(knex, repository);
    const names = findServiceNames(commits, layout);
    await loadServices(knex, repository, this.#known, names);
    const readings = await this.#readings.gather(
      this.#findWanted(commits),
      await mirror.objects(),
      signal,
    );
    const draft = this.#known.draft();
    const batch = emptyBatch();
    commits.forEach((commit, i) =>
      decideCommit(batch, draft, commit, before + i + 1, {
        repository,
        layout,
        environments: this.#environments,
        readings,
      }),
    );
    const services = servicesOf(batch);
    // When the whole news fits into one transaction, so does the counting;
    // otherwise what was touched is counted once, at the end.
    const countNow =
      isWhole && this.#uncounted !== 'all' && services.length <= BEHIND_CHUNK;
    if (!countNow && this.#uncounted !== 'all') {
      for (const one of services) {
        this.#uncounted.set(`${one.namespace}/${one.name}`, one);
      }
    }
    const last = commits[commits.length - 1];
    const parts = splitBatch(batch);
    for (const [i, part] of parts.entries()) {
      signal.throwIfAborted();
      const isLast = i === parts.length - 1;
      await transact(async tx => {
        await writeBatch(
          tx,
          repository,
          part,
          isLast
            ? {
                revision: last.revision,
                position: before + commits.length,
                committedAt: last.committedAt,
              }
            : undefined,
        );
        if (isLast && countNow) {
          await updateBehind(tx, repository, environments, services);
        }
        this.#batchSize.look();
      });
      if (!isLast) await takeTurn();
    }
    this.#known.keep(draft);
    await this.#options.onWritten(services);
  }

  #findWanted(commits: LoggedCommit[]): WantedFile[] {
    const wanted: WantedFile[] = [];
    for (const commit of commits) {
      for (const change of commit.changes) {
        const kind = needsReading(
          change,
          this.#options.layout.readPath(change.path),
          this.#environments,
        );
        if (kind) wanted.push({ kind, id: change.id, path: change.path });
      }
    }
    return wanted;
  }

  async #rewind(position: number, tip: string, signal: AbortSignal) {
    this.#known = undefined;
    this.#uncounted = 'all';
    return rewind({ ...this.#options, position, tip, signal });
  }

  /** The tables are the branch's again, and may be decided on. */
  async #noteWhole() {
    const { repository, transact } = this.#options;
    await transact(tx =>
      tx('repositories').where({ repository }).update({ anew_since: null }),
    );
  }

  async #countBehind(signal: AbortSignal) {
    const { knex, repository, environments, transact, onWritten } =
      this.#options;
    const services =
      this.#uncounted === 'all'
        ? await readServices(knex, repository)
        : [...this.#uncounted.values()];
    for (let at = 0; at < services.length; at += BEHIND_CHUNK) {
      signal.throwIfAborted();
      const chunk = services.slice(at, at + BEHIND_CHUNK);
      const changed = await transact(tx =>
        updateBehind(tx, repository, environments, chunk),
      );
      if (changed > 0) await onWritten(chunk);
      await takeTurn();
    }
    this.#uncounted = new Map();
  }
}

async function readServices(
  knex: Knex,
  repository: string,
): Promise<ServiceRef[]> {
  const rows = await knex('service_environments')
    .where({ repository })
    .distinct('namespace', 'service');
  return rows.map(row => ({ namespace: row.namespace, name: row.service }));
}

function servicesOf(batch: BatchRows): ServiceRef[] {
  const found = new Map<string, ServiceRef>();
  const rows = [
    ...batch.current.values(),
    ...batch.gone,
    ...batch.problems.values(),
  ];
  for (const { namespace, service } of rows) {
    if (namespace !== null && service !== null) {
      found.set(`${namespace}/${service}`, { namespace, name: service });
    }
  }
  return [...found.values()];
}
