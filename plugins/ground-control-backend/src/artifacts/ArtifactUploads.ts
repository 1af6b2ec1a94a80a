import { Knex } from 'knex';
import { ConflictError, InputError } from '@backstage/errors';
import {
  ArtifactKey,
  ArtifactStore,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { lockRepository } from '../gitops/store/lockRepository';
import { ChangeHub } from '../lib/ChangeHub';
import { applyStored } from './applyStored';
import { decideStored } from './decideStored';
import { isArtifactKey } from './isArtifactName';
import { judgeUpload } from './judgeUpload';
import { BAD_KEY } from './toStored';
import { MAX_ZIP } from './zip/types';

/** A store that can be written. */
export type WritableStore = ArtifactStore &
  Required<Pick<ArtifactStore, 'write'>>;

/**
 * Takes artifacts from CI: keeps them in the store, and writes them into the
 * tables at once, whichever replica looks into the store. That look finds them
 * as well, and changes nothing then.
 */
export class ArtifactUploads {
  readonly maxBytes = MAX_ZIP;

  constructor(
    private readonly options: {
      knex: Knex;
      hub: ChangeHub;
      store: WritableStore;
      layout: Layout;
      repository: string;
      /** In the order of promotion. */
      environments: string[];
    },
  ) {}

  /**
   * @returns whether it is new; `same` where it is kept already
   * @throws InputError for what isn't an artifact of that name, ConflictError
   * where another is kept under it, ServiceUnavailableError where the store is
   * away
   */
  async accept(
    key: ArtifactKey,
    zip: Buffer,
    signal?: AbortSignal,
  ): Promise<'kept' | 'same'> {
    if (!isArtifactKey(key)) throw new InputError(BAD_KEY);
    const { store } = this.options;
    const judged = await judgeUpload(key, zip, { ...this.options, signal });
    if ('fault' in judged) {
      throw new InputError(`The artifact can't be taken. ${judged.fault}`);
    }
    const outcome = await store.write(key, zip, { signal });
    if (outcome === 'other') {
      throw new ConflictError(
        `There is another artifact ${key.artifactId} of ${key.service} already, and what is kept stays as it is. Build it again under another id.`,
      );
    }
    // Of one that is kept already as well: the first upload may have ended here.
    await this.#note(key, judged.description, outcome);
    return outcome;
  }

  async #note(key: ArtifactKey, content: Buffer, outcome: 'kept' | 'same') {
    const { knex, hub, layout, repository, environments } = this.options;
    const decision = decideStored(repository, key, { content }, layout);
    if (decision.kind !== 'artifact') return;
    await applyStored(
      {
        repository,
        environments,
        transact: work =>
          knex.transaction(async tx => {
            await lockRepository(tx, repository);
            return work(tx);
          }),
        onWritten: services => hub.publish({ kind: 'services', services }),
      },
      {
        rows: [decision.row],
        problems: [],
        removed: [],
        ...(outcome === 'kept' && { arrivedAt: Date.now() }),
      },
    );
  }
}

/** Whether a store takes uploads. */
export function isWritable(store: ArtifactStore): store is WritableStore {
  return store.write !== undefined;
}
