import { Knex } from 'knex';
import {
  ArtifactKey,
  ArtifactStore,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { formatProblemRow } from '../gitops/ingest/problems';
import { takeTurn } from '../lib/takeTurn';
import { ApplyOptions, applyStored } from './applyStored';
import { decideStored } from './decideStored';
import { StoredChanges } from './writeStored';

export interface ArtifactIngestOptions extends ApplyOptions {
  knex: Knex;
  store: ArtifactStore;
  layout: Layout;
}

/** Artifacts of one transaction, and files that are open at a time. */
const BATCH = 50;
const OPEN_FILES = 8;

/** Brings the artifact store's news into the tables. */
export class ArtifactIngest {
  readonly #options: ArtifactIngestOptions;
  /** Whether all that the store told has reached the tables. */
  #isWritten = false;
  /** Whether the store was read to its end once: what is new since then came since then. */
  #isWhole = false;

  constructor(options: ArtifactIngestOptions) {
    this.#options = options;
  }

  /** @returns how many artifacts were new or gone */
  async run(signal: AbortSignal): Promise<number> {
    const { store } = this.#options;
    const { added, removed } = await store.findChanges({
      ...(this.#isWritten ? {} : { known: () => this.#readKnown() }),
      signal,
    });
    this.#isWritten = false;
    for (let at = 0; at < added.length; at += BATCH) {
      const decided = await this.#readBatch(
        added.slice(at, at + BATCH),
        signal,
      );
      await applyStored(this.#options, {
        ...decided,
        removed: [],
        ...(this.#isWhole && { arrivedAt: Date.now() }),
      });
      await takeTurn();
    }
    for (let at = 0; at < removed.length; at += BATCH) {
      signal.throwIfAborted();
      await applyStored(this.#options, {
        rows: [],
        problems: [],
        removed: removed.slice(at, at + BATCH),
      });
      await takeTurn();
    }
    this.#isWritten = true;
    this.#isWhole = true;
    return added.length + removed.length;
  }

  async #readBatch(
    keys: ArtifactKey[],
    signal: AbortSignal,
  ): Promise<Pick<StoredChanges, 'rows' | 'problems'>> {
    const { store, layout, repository } = this.#options;
    const found: Pick<StoredChanges, 'rows' | 'problems'> = {
      rows: [],
      problems: [],
    };
    const waiting = [...keys];
    const work = async () => {
      for (let key = waiting.shift(); key; key = waiting.shift()) {
        signal.throwIfAborted();
        const stored = await store.readDescription(key, { signal });
        const decision = decideStored(repository, key, stored, layout);
        if (decision.kind === 'artifact') found.rows.push(decision.row);
        if (decision.kind === 'problem') {
          const at = { repository, position: 0, committedAt: Date.now() };
          found.problems.push({
            ...formatProblemRow(decision.problem, at),
            position: null,
          });
        }
      }
    };
    await Promise.all(Array.from({ length: OPEN_FILES }, work));
    return found;
  }

  async #readKnown(): Promise<ArtifactKey[]> {
    const { knex, repository } = this.#options;
    const rows = await knex('artifacts')
      .where({ repository, in_store: true })
      .select('service', 'artifact_id');
    return rows.map(row => ({
      service: row.service,
      artifactId: row.artifact_id,
    }));
  }
}
