import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { RepositoryFile, RepositoryFiles } from '../../gitops/MirrorFiles';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { brokenEntriesFile, readEntriesFile } from './file/readEntriesFile';
import { moveRevision, writeEntries } from './store/writeEntries';
import { EntriesFile, GatewaySettings } from './types';

export interface GatewayEntriesOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  settings: GatewaySettings;
  files: RepositoryFiles;
  /** The commit that the mirror is at; undefined before the first fetch. */
  readTip(): string | undefined;
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
 * Keeps the entries of the gateway as its file in the config repository has
 * them: on one replica at a time, at each new commit. What is written is read
 * from the content that the tip has, so that it is the same whatever way the
 * branch took there.
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
      if (changes.some(({ kind }) => kind === 'repository')) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round({ epoch, signal, transact }: LeasedRound) {
    const { files, hub, repository, settings } = this.#options;
    const tip = this.#options.readTip();
    // What another holder wrote meanwhile isn't known: it is read anew.
    const before = this.#written?.epoch === epoch ? this.#written : undefined;
    if (tip === undefined || tip === before?.revision) return;
    const read = await files.readFiles([settings.path], { signal });
    const { revision } = read;
    const [file] = read.files;
    const written = { epoch, revision, object: file?.object };
    if (before && before.object === file?.object) {
      await transact(tx => moveRevision(tx, repository, revision));
      this.#written = written;
      return;
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
  }

  #parse(file: RepositoryFile | undefined): EntriesFile {
    if (!file) return NO_FILE;
    return file.fault === undefined
      ? readEntriesFile(file.content, this.#options.settings)
      : brokenEntriesFile({ message: file.fault });
  }
}
