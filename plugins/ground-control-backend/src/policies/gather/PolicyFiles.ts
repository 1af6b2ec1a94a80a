import { isError } from '@backstage/errors';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { RepositoryFile, RepositoryFiles } from '../../gitops/MirrorFiles';
import {
  NO_POLICY_FILE,
  POLICY_FILE,
  PolicyFile,
  readPolicyFile,
} from '../file';
import {
  readServicePolicies,
  ReadServicePolicies,
} from './readServicePolicies';

/** What the config repository's policies say of a service. */
export interface GatheredPolicies {
  file: PolicyFile;
  ofService: ReadServicePolicies;
}

/** The judge reads the same few files again and again. */
const KEPT = 64;

/** Reads both files of policies at one commit; what goes wrong is a fault of theirs. */
export class PolicyFiles {
  readonly #kept = new Map<string, PolicyFile>();

  constructor(
    private readonly options: {
      files: RepositoryFiles;
      layout: Layout;
      environments: readonly string[];
    },
  ) {}

  async read(
    service: ServiceRef,
    signal?: AbortSignal,
    /** The commit whose policies are meant; those of now by default. */
    revision?: string,
  ): Promise<GatheredPolicies> {
    const { files, layout } = this.options;
    const path = layout.formatPolicyPath(service.name);
    try {
      const read = await files.readFiles([path, POLICY_FILE], {
        signal,
        ...(revision !== undefined && { revision }),
      });
      const [own, file] = read.files;
      return {
        file: this.#readFile(file),
        ofService: readServicePolicies(layout, service.name, path, own),
      };
    } catch (error) {
      signal?.throwIfAborted();
      const why = isError(error) ? error.message : 'unknown error';
      const message = `the config repository can't be read: ${why}`;
      return {
        file: { ...NO_POLICY_FILE, fault: { message } },
        ofService: { path, fault: `${message}.` },
      };
    }
  }

  #readFile(file: RepositoryFile | undefined): PolicyFile {
    if (!file) return NO_POLICY_FILE;
    if (file.fault !== undefined) {
      return { ...NO_POLICY_FILE, fault: { message: file.fault } };
    }
    const kept = this.#kept.get(file.object);
    if (kept) return kept;
    const read = readPolicyFile(file.content, this.options.environments);
    if (this.#kept.size >= KEPT) this.#kept.clear();
    this.#kept.set(file.object, read);
    return read;
  }
}
