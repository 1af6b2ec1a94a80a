import type { ServerResponse } from 'node:http';
import type { KubeObject } from '../../types.ts';
import { StatusError } from '../http/StatusError.ts';
import type { Selection } from '../select/parseSelection.ts';
import type { Change } from '../store/ChangeLog.ts';
import type { MemoryObjectStore } from '../store/MemoryObjectStore.ts';
import { StoredVersion } from '../store/StoredVersion.ts';
import { apiVersionOf } from '../typeNames.ts';

/** A reader that is this far behind is cut off, as Kubernetes does. */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024;

export interface WatchOptions {
  response: ServerResponse;
  store: MemoryObjectStore;
  selection: Selection;
  /** Changes after this one are told. */
  revision: number;
  /** Tells what is there before the changes. */
  initial: boolean;
  /** Between bookmarks; undefined for none. */
  bookmarkMs: number | undefined;
  timeoutMs: number;
  /** The object of an event as text, where it isn't the object itself. */
  write?: (object: KubeObject) => string;
  onEnd: () => void;
}

function frame(type: string, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}

/**
 * One watch. It reads the log of changes from where it is, after each turn of
 * the event loop that brought some, so that a storm is written at once.
 */
export class WatchStream {
  readonly selection: Selection;
  private readonly options: WatchOptions;
  private readonly stops: (() => void)[] = [];
  private revision: number;
  private due = false;
  /** What a fault does with the next event. */
  private trap: 'stall' | 'cut' | undefined;
  private silent = false;

  constructor(options: WatchOptions) {
    this.options = options;
    this.selection = options.selection;
    this.revision = options.revision;
  }

  start(): void {
    const { response, store, bookmarkMs, timeoutMs } = this.options;
    response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    response.flushHeaders();
    response.on('close', () => this.end());
    response.on('error', () => this.end());
    this.stops.push(store.changes.add(() => this.schedule()));
    const ending = setTimeout(() => this.finish(), timeoutMs);
    this.stops.push(() => clearTimeout(ending));
    if (bookmarkMs !== undefined) {
      const marking = setInterval(() => this.bookmark(), bookmarkMs);
      this.stops.push(() => clearInterval(marking));
    }
    if (this.options.initial) {
      this.writeInitial();
    }
    this.flush();
  }

  /** Writes half of the next event, and nothing more or not even the end. */
  setTrap(trap: 'stall' | 'cut'): void {
    this.trap = trap;
  }

  silence(): void {
    this.silent = true;
  }

  /** Ends the stream as the server does, in good order. */
  close(): void {
    if (!this.silent) {
      this.options.response.end();
    }
    this.end();
  }

  /** Ends it with an event that says why. */
  fail(error: StatusError): void {
    this.send(frame('ERROR', JSON.stringify(error.toStatus())));
    this.close();
  }

  private schedule(): void {
    if (
      this.options.store.revision - this.revision >
      this.options.store.room / 2
    ) {
      // A storm within one turn must not outrun the log.
      this.flush();
    } else if (!this.due) {
      this.due = true;
      setImmediate(() => this.flush());
    }
  }

  private flush(): void {
    this.due = false;
    const { store, response } = this.options;
    if (response.destroyed || response.writableEnded) {
      return;
    }
    const changes = store.changesAfter(this.revision);
    if (!changes) {
      this.fail(StatusError.tooOld(this.revision, store.revision));
      return;
    }
    // One from the future waits until the cluster has come there.
    this.revision = Math.max(this.revision, store.revision);
    const frames = changes.flatMap(change => this.frameOf(change) ?? []);
    if (frames.length > 0) {
      this.send(frames.join(''), frames);
    }
  }

  /** What a change is to those who see the selection alone. */
  private frameOf({ type, version, before }: Change): string | undefined {
    const { selection } = this;
    if (version.type !== selection.type) {
      return undefined;
    }
    const was = before !== undefined && selection.matches(before.object);
    const is = type !== 'DELETED' && selection.matches(version.object);
    if (is) {
      return frame(was ? 'MODIFIED' : 'ADDED', this.textOf(version));
    }
    if (!was) {
      return undefined;
    }
    return frame('DELETED', this.textOf(lastSeen(version, before)));
  }

  private writeInitial(): void {
    const { store, selection } = this.options;
    const frames = store
      .listVersions(selection.type, selection.namespace)
      .filter(({ object }) => selection.matches(object))
      .map(version => frame('ADDED', this.textOf(version)));
    this.send(frames.join(''), frames);
  }

  private textOf(version: StoredVersion): string {
    const { write } = this.options;
    return write ? write(version.object) : version.json;
  }

  private bookmark(): void {
    this.flush();
    const { type } = this.selection;
    const object = {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: {
        resourceVersion: String(this.revision),
        creationTimestamp: null,
      },
    };
    this.send(frame('BOOKMARK', JSON.stringify(object)));
  }

  /** The time that was asked for is over. */
  private finish(): void {
    if (this.options.bookmarkMs !== undefined) {
      this.bookmark();
    }
    this.close();
  }

  private send(text: string, frames: string[] = [text]): void {
    const { response } = this.options;
    if (this.silent || text === '' || response.writableEnded) {
      return;
    }
    if (this.trap) {
      this.silent = true;
      const half = frames[0].slice(0, Math.floor(frames[0].length / 2));
      response.write(half, () => {
        if (this.trap === 'cut') {
          response.destroy();
        }
      });
      return;
    }
    response.write(text);
    if (response.writableLength > MOST_UNREAD_BYTES) {
      response.destroy();
    }
  }

  private end(): void {
    this.stops.splice(0).forEach(stop => stop());
    this.options.onEnd();
  }
}

/** Who leaves a selection is told of as it was seen last, at the new revision. */
function lastSeen(version: StoredVersion, before: StoredVersion) {
  const { resourceVersion } = version.object.metadata;
  const metadata = { ...before.object.metadata, resourceVersion };
  return new StoredVersion(
    version.type,
    { ...before.object, metadata },
    version.writtenAt,
  );
}
