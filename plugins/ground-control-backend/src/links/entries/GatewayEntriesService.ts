import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { RepositoryFile, RepositoryFiles } from '../../gitops/MirrorFiles';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { brokenEntriesFile, readEntriesFile } from './file/readEntriesFile';
import { GatewayRepositoryNotes } from './repository/GatewayRepositoryNotes';
import { moveRevision, writeEntries } from './store/writeEntries';
import { EntriesFile, GatewaySettings } from './types';

export interface GatewayEntriesOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  settings: GatewaySettings;
  /** Of the mirror that has the gateway's file. */
  files: RepositoryFiles;
  /** The commit that the mirror is at; undefined before the first fetch. */
  readTip(): string | undefined;
  notes: GatewayRepositoryNotes;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

/** Another replica reads the branch, and what it says of that isn't heard here. */
const INTERVAL_MS = 10_000;
const MAX_BACKOFF_MS = 60_000;
const NO_FILE: EntriesFile = { entries: [], problems: [], isReadable: true };

/** What was written last, and by which holder of the lease. */
interface Written {
  epoch: number;
  revision: string;
  /** Id of the content; undefined where there is no file. */
  object?: string;
}

/**
 * Keeps the entries of the gateway as its file has them, in the config
 * repository or one of its own: on one replica at a time, at each new commit.
 * What is written is read from the content that the tip has, so that it is the
 * same whatever way the branch took there. While the repository can't be read
 * they stay as they were, and a row says why.
 */
export class GatewayEntriesService {
  readonly #options: GatewayEntriesOptions;
  readonly #loop: LeasedLoop;
  #unsubscribe?: () => void;
  #written?: Written;

  constructor(options: GatewayEntriesOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `gateway-entries:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Reading the entries of the gateway failed',
      recovered: 'The entries of the gateway are read again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => kind === 'commits')) this.#loop.wake();
    });
  }

  /** There may be news: begins the next round at once. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round(round: LeasedRound) {
    const { notes } = this.#options;
    await notes.adopt(round);
    try {
      if (await this.#readNews(round)) notes.clearFault();
    } catch (error) {
      if (round.signal.aborted) throw error;
      // The first fault is the one to be told.
      await notes.noteFault(error, round).catch(() => {});
      throw error;
    }
    await notes.note(round);
  }

  /** @returns whether the rows are of the mirror's tip */
  async #readNews({ epoch, signal, transact }: LeasedRound): Promise<boolean> {
    const { files, hub, repository, settings } = this.#options;
    const tip = this.#options.readTip();
    // What another holder wrote meanwhile isn't known: it is read anew.
    const before = this.#written?.epoch === epoch ? this.#written : undefined;
    if (tip === undefined) return false;
    if (tip === before?.revision) return true;
    const read = await files.readFiles([settings.path], { signal });
    const { revision } = read;
    const [file] = read.files;
    const written = { epoch, revision, object: file?.object };
    if (before && before.object === file?.object) {
      await transact(tx => moveRevision(tx, repository, revision));
      this.#written = written;
      return true;
    }
    const now = this.#options.now?.() ?? Date.now();
    const parsed = {
      ...this.#parse(file),
      path: file ? settings.path : null,
      revision,
    };
    await transact(tx => writeEntries(tx, repository, parsed, now));
    this.#written = written;
    await hub.publish({ kind: 'links' });
    return true;
  }

  #parse(file: RepositoryFile | undefined): EntriesFile {
    if (!file) return NO_FILE;
    return file.fault === undefined
      ? readEntriesFile(file.content, this.#options.settings)
      : brokenEntriesFile({ message: file.fault });
  }
}
