import {
  GitFault,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';

/** A mirror on which git fails so often in a row is fetched anew. */
const FAULTS_UNTIL_DISCARD = 3;

/** Counts what goes wrong with git: a full disk passes; a copy that is damaged doesn't. */
export class MirrorFaults {
  #faults = 0;

  constructor(
    private readonly options: {
      mirror: Pick<Mirror, 'discard'>;
      wantFetch(): Promise<void>;
    },
  ) {}

  /** Nothing went wrong. */
  end(): void {
    this.#faults = 0;
  }

  /** @returns what to tell of it */
  async blame(error: GitFault): Promise<string> {
    this.#faults += 1;
    if (this.#faults >= FAULTS_UNTIL_DISCARD) {
      this.#faults = 0;
      await this.options.mirror.discard();
      await this.options.wantFetch();
    }
    return `${error.message}. Check the disk of this backend; the copy of the repository is fetched anew if it goes on.`;
  }
}
