import {
  BlobReader,
  GitObject,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { findPolicyFileFault } from '../../policies/file';
import { describeArtifact } from './describeArtifact';
import { FileReading } from './types';

/** A file of release-manager's is some kilobytes; more is a mistake or an attack. */
export const MAX_FILE = 1024 * 1024;
/** An artifact's bytes are the same in every environment it passes through. */
const KEPT = 3_000;

/** A file that has to be read before a commit can be decided. */
export interface WantedFile {
  kind: 'artifact' | 'policy';
  id: string;
  path: string;
}

/** Says that the mirror lacks an object that its own history names. */
export class MissingObjectError extends Error {}

/** Reads artifacts and policies, each content once. */
export class FileReadings {
  readonly #kept = new Map<string, FileReading>();

  constructor(private readonly layout: Layout) {}

  /** Reads what isn't known yet. Throws MissingObjectError. */
  async gather(
    wanted: WantedFile[],
    objects: BlobReader,
    signal: AbortSignal,
  ): Promise<
    (kind: 'artifact' | 'policy', id: string, path: string) => FileReading
  > {
    const readings = new Map<string, FileReading>();
    await Promise.all(
      wanted.map(async file => {
        const key = keyOf(file);
        const kept = this.#kept.get(key);
        if (kept) {
          readings.set(key, kept);
          return;
        }
        // Known twice in one batch: the second waits for no second read.
        if (readings.has(key)) return;
        readings.set(key, { kind: 'policy' });
        const object = await objects.read(file.id, {
          maxBytes: MAX_FILE,
          signal,
        });
        const reading = this.#read(file, object);
        readings.set(key, reading);
        this.#keep(key, reading);
      }),
    );
    return (kind, id, path) => {
      const reading = readings.get(keyOf({ kind, id, path }));
      if (!reading) throw new Error('A file was decided on before it was read');
      return reading;
    };
  }

  #read(file: WantedFile, object: GitObject): FileReading {
    if (object.found === 'no') {
      throw new MissingObjectError(`The mirror lacks object ${file.id}`);
    }
    if (object.found === 'too-large') {
      return {
        kind: 'fault',
        tooLarge: true,
        fault: `The file is too large: ${object.size} bytes, of which 1 MiB is read at most. Release it again without what doesn't belong there.`,
      };
    }
    if (file.kind === 'policy') {
      const { service } = this.#policyPath(file.path);
      // The layout knows the policies of a service; the others are our own.
      const fault =
        service === undefined
          ? findPolicyFileFault(object.content)
          : this.layout.findPolicyFault(object.content, service);
      return fault ? { kind: 'fault', ...fault } : { kind: 'policy' };
    }
    const artifact = this.layout.readArtifact(object.content);
    return 'fault' in artifact
      ? { kind: 'fault', ...artifact }
      : { kind: 'artifact', described: describeArtifact(artifact) };
  }

  #policyPath(path: string): { service?: string } {
    const read = this.layout.readPath(path);
    return read.kind === 'policy' ? { service: read.service } : {};
  }

  #keep(key: string, reading: FileReading) {
    if (this.#kept.size >= KEPT) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    this.#kept.set(key, reading);
  }
}

/** Whether a policy is well depends on its file's name; an artifact doesn't. */
function keyOf({ kind, id, path }: WantedFile): string {
  return kind === 'artifact' ? `a:${id}` : `p:${id}:${path}`;
}
