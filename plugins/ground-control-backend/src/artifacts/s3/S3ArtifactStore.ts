import type { S3Client } from '@aws-sdk/client-s3';
import { InputError } from '@backstage/errors';
import {
  ArtifactChanges,
  ArtifactKey,
  ArtifactStore,
  StoredDescription,
  StoredFiles,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isArtifactKey } from '../isArtifactName';
import { BAD_KEY, toStoredFiles } from '../toStored';
import { describeZipFault } from '../zip/describeZipFault';
import { readZipEntry } from '../zip/readZipEntry';
import { readZipFiles } from '../zip/readZipFiles';
import { MAX_DESCRIPTION, MAX_FILES, MAX_ZIP } from '../zip/types';
import { createS3Client } from './createS3Client';
import { formatSpecMetadata } from './formatSpecMetadata';
import { readS3Zip, readWholeS3Zip } from './readS3Zip';
import { formatKey, S3Changes } from './S3Changes';
import { S3Gate } from './S3Gate';
import { S3Settings } from './types';

/**
 * Artifacts in a bucket, where release-manager keeps them: zips under the keys
 * `<service>/<artifact id>`.
 */
export class S3ArtifactStore implements ArtifactStore {
  readonly label: string;
  readonly #client: S3Client;
  readonly #gate: S3Gate;
  readonly #changes: S3Changes;

  constructor(
    settings: S3Settings,
    limits: { timeoutMs?: number; pages?: number } = {},
  ) {
    const { bucket, endpoint } = settings;
    this.label = endpoint
      ? `s3://${bucket} at ${new URL(endpoint).host}`
      : `s3://${bucket}`;
    this.#client = createS3Client(settings);
    this.#gate = new S3Gate({
      client: this.#client,
      bucket,
      label: this.label,
      ...(limits.timeoutMs ? { timeoutMs: limits.timeoutMs } : {}),
    });
    this.#changes = new S3Changes(this.#gate, limits.pages);
  }

  async findChanges(options: {
    known?: () => Promise<ArtifactKey[]>;
    signal: AbortSignal;
  }): Promise<ArtifactChanges> {
    if (options.known) this.#changes.assume(await options.known());
    return this.#changes.find(options.signal);
  }

  async readDescription(
    key: ArtifactKey,
    { signal }: { signal: AbortSignal },
  ): Promise<StoredDescription> {
    if (!isArtifactKey(key)) return { fault: BAD_KEY, settling: false };
    const read = await readS3Zip(
      this.#gate,
      formatKey(key),
      zip =>
        readZipEntry(zip, { name: 'artifact.json', maxBytes: MAX_DESCRIPTION }),
      signal,
    );
    if (typeof read !== 'string') return { content: read };
    // A bucket has whole objects or none: nothing is on its way.
    const fault = { fault: describeZipFault(read), settling: false };
    return read === 'too-large' ? { ...fault, tooLarge: true } : fault;
  }

  async readFiles(
    key: ArtifactKey,
    { environment, signal }: { environment: string; signal?: AbortSignal },
  ): Promise<StoredFiles> {
    if (!isArtifactKey(key)) return { fault: BAD_KEY, missing: true };
    return toStoredFiles(
      await readWholeS3Zip(
        this.#gate,
        formatKey(key),
        zip => readZipFiles(zip, { environment, maxBytes: MAX_FILES, signal }),
        signal,
      ),
    );
  }

  async write(
    key: ArtifactKey,
    zip: Buffer,
    { signal }: { signal?: AbortSignal },
  ): Promise<'kept' | 'same' | 'other'> {
    if (!isArtifactKey(key)) throw new InputError(BAD_KEY);
    const there = await this.#compare(key, zip, signal);
    if (there !== 'none') return there;
    const put = await this.#gate.put({
      key: formatKey(key),
      bytes: zip,
      metadata: await formatSpecMetadata(zip),
      signal,
    });
    if (put === 'put') return 'kept';
    const now = await this.#compare(key, zip, signal);
    return now === 'same' ? 'same' : 'other';
  }

  /** Ends the connections. */
  close(): void {
    this.#client.destroy();
  }

  async #compare(
    key: ArtifactKey,
    zip: Buffer,
    signal?: AbortSignal,
  ): Promise<'same' | 'other' | 'none'> {
    const part = await this.#gate.get({
      key: formatKey(key),
      maxBytes: MAX_ZIP,
      signal,
    });
    if (part === 'missing') return 'none';
    return typeof part !== 'string' && part.bytes.equals(zip)
      ? 'same'
      : 'other';
  }
}
