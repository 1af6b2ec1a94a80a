import { ServiceUnavailableError } from '@backstage/errors';
import {
  ArtifactChanges,
  ArtifactKey,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isArtifactKey } from '../isArtifactName';
import { isSameObject, KeyQueue } from './KeyQueue';
import { S3Gate } from './S3Gate';
import { ListedObject } from './types';

/**
 * Pages of one look, of a thousand objects each. A bucket can't be asked what
 * is new in it, so a larger one is walked through in turns: a look then costs
 * the same however large the bucket is.
 */
const PAGES = 30;

/** As S3 orders them: by their bytes. */
function compareKeys(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** `<service>/<artifact id>`, or undefined for an object that is something else. */
export function readKey(key: string): ArtifactKey | undefined {
  const slash = key.indexOf('/');
  const artifact = {
    service: key.slice(0, Math.max(slash, 0)),
    artifactId: key.slice(slash + 1),
  };
  return isArtifactKey(artifact) ? artifact : undefined;
}

export function formatKey({ service, artifactId }: ArtifactKey): string {
  return `${service}/${artifactId}`;
}

/** Which artifacts of a bucket are new, changed or gone, found page by page. */
export class S3Changes {
  /** What is known of the part of the bucket that this round hasn't reached. */
  #ahead = new KeyQueue();
  /** What this round has seen. */
  #behind = new KeyQueue();
  #after?: string;
  /** Until the first round is over, a look goes through to the end. */
  #isFirst = true;

  constructor(private readonly gate: S3Gate, private readonly pages = PAGES) {}

  /** Forgets what it told, and compares with these from here on. */
  assume(keys: ArtifactKey[]): void {
    this.#ahead = new KeyQueue();
    this.#behind = new KeyQueue();
    this.#after = undefined;
    this.#isFirst = true;
    keys
      .map(formatKey)
      .sort(compareKeys)
      .forEach(key => this.#ahead.push({ key, etag: '' }));
  }

  async find(signal: AbortSignal): Promise<ArtifactChanges> {
    const changes: ArtifactChanges = { added: [], removed: [] };
    for (let page = 0; page < this.pages || this.#isFirst; page += 1) {
      const { objects, next } = await this.gate.list({
        after: this.#after,
        signal,
      });
      for (const object of objects) this.#compare(object, changes);
      this.#after = next;
      if (next === undefined) {
        this.#turn(changes);
        break;
      }
    }
    return changes;
  }

  #compare(object: ListedObject, { added, removed }: ArtifactChanges) {
    if (
      this.#after !== undefined &&
      compareKeys(object.key, this.#after) <= 0
    ) {
      // Taken as it comes, all that lies between would be told as gone.
      throw new ServiceUnavailableError(
        'The artifact store lists its objects in no order, so that changes can’t be found in it; use a general purpose bucket',
      );
    }
    this.#after = object.key;
    const key = readKey(object.key);
    if (!key) return;
    let known = this.#ahead.peek();
    while (known && compareKeys(known.key, object.key) < 0) {
      removed.push(readKey(known.key)!);
      this.#ahead.shift();
      known = this.#ahead.peek();
    }
    const isKnown = known?.key === object.key;
    if (isKnown) this.#ahead.shift();
    if (!known || !isKnown || !isSameObject(known, object)) added.push(key);
    this.#behind.push(object);
  }

  /** At the bucket's end: what wasn't met is gone, and the next round begins. */
  #turn({ removed }: ArtifactChanges) {
    for (let gone = this.#ahead.shift(); gone; gone = this.#ahead.shift()) {
      removed.push(readKey(gone.key)!);
    }
    this.#ahead = this.#behind;
    this.#behind = new KeyQueue();
    this.#isFirst = false;
  }
}
