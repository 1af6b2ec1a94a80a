import type { S3Client } from '@aws-sdk/client-s3';
import { ServiceUnavailableError } from '@backstage/errors';
import { collectBody, parsePart } from './collectBody';
import { describeS3Fault, readS3Code } from './describeS3Fault';
import { loadSdk } from './loadSdk';
import { ListedObject, ObjectPart } from './types';

/** Of one page, or of some kilobytes. */
const SHORT_MS = 30_000;
/** Of a whole zip, which has at most 64 MiB. */
const LONG_MS = 120_000;

/** Why there is no part of an object to read. */
export type NoPart = 'missing' | 'changed' | 'too-large' | 'empty';

const NO_PART: Record<string, NoPart> = {
  NoSuchKey: 'missing',
  PreconditionFailed: 'changed',
  InvalidRange: 'empty',
};

/**
 * All calls of a bucket: each ends in time, and what fails is said for people.
 * Throws ServiceUnavailableError where the bucket itself can't be used.
 */
export class S3Gate {
  readonly #sdk = loadSdk();

  constructor(
    private readonly options: {
      client: S3Client;
      bucket: string;
      label: string;
      /** Of a short call. */
      timeoutMs?: number;
    },
  ) {}

  /** One page of the bucket, in order; undefined `next` at its end. */
  list(options: {
    after?: string;
    signal?: AbortSignal;
  }): Promise<{ objects: ListedObject[]; next?: string }> {
    const { client, bucket } = this.options;
    return this.#call(options.signal, SHORT_MS, async abortSignal => {
      const page = await client.send(
        new this.#sdk.ListObjectsV2Command({
          Bucket: bucket,
          StartAfter: options.after,
          // A name with a control character would be no XML.
          EncodingType: 'url',
        }),
        { abortSignal },
      );
      const decode = (key: string) =>
        page.EncodingType === 'url'
          ? decodeURIComponent(key.replaceAll('+', ' '))
          : key;
      const objects = (page.Contents ?? []).map(
        ({ Key = '', ETag, LastModified }) => ({
          key: decode(Key),
          etag: ETag?.replaceAll('"', '') || `${LastModified?.getTime()}`,
        }),
      );
      const next = page.IsTruncated ? objects.at(-1)?.key : undefined;
      if (page.IsTruncated && next === undefined) {
        // Taken for the end, all that follows would be told as gone.
        throw new Error('A page is empty and not the last');
      }
      return { objects, next };
    });
  }

  /** Reads an object, or a range of it as HTTP writes one. */
  get(options: {
    key: string;
    range?: string;
    /** Only of this very object. */
    etag?: string;
    maxBytes: number;
    signal?: AbortSignal;
  }): Promise<ObjectPart | NoPart> {
    const { client, bucket } = this.options;
    const { key, range, etag, maxBytes, signal } = options;
    const limit = range ? SHORT_MS : LONG_MS;
    return this.#call(signal, limit, async abortSignal => {
      try {
        const answer = await client.send(
          new this.#sdk.GetObjectCommand({
            Bucket: bucket,
            Key: key,
            Range: range,
            IfMatch: etag,
          }),
          { abortSignal },
        );
        const bytes = await collectBody(answer, maxBytes, abortSignal);
        return bytes ? parsePart(answer, bytes) : 'too-large';
      } catch (error) {
        const none = NO_PART[readS3Code(error)];
        if (none) return none;
        throw error;
      }
    });
  }

  /** Puts an object where there is none; `exists` where there is. */
  put(options: {
    key: string;
    bytes: Buffer;
    metadata: Record<string, string>;
    signal?: AbortSignal;
  }): Promise<'put' | 'exists'> {
    const { client, bucket } = this.options;
    const { key, bytes, metadata, signal } = options;
    return this.#call(signal, LONG_MS, async abortSignal => {
      const send = (condition: { IfNoneMatch?: string }) =>
        client.send(
          new this.#sdk.PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentType: 'application/zip',
            Metadata: metadata,
            ...condition,
          }),
          { abortSignal },
        );
      try {
        await send({ IfNoneMatch: '*' });
      } catch (error) {
        const code = readS3Code(error);
        if (code === 'PreconditionFailed') return 'exists';
        if (code === 'ConditionalRequestConflict') return 'exists';
        if (code !== 'NotImplemented') throw error;
        // The caller has looked; such a server can't be asked for more.
        await send({});
      }
      return 'put';
    });
  }

  async #call<T>(
    signal: AbortSignal | undefined,
    limitMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const { label, timeoutMs } = this.options;
    const limit = timeoutMs ?? limitMs;
    const timeout = AbortSignal.timeout(limit);
    try {
      return await work(
        AbortSignal.any(signal ? [signal, timeout] : [timeout]),
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        timeout.aborted
          ? `The artifact store ${label} didn't answer within ${
              limit / 1000
            } s; it is tried again`
          : describeS3Fault(label, error),
      );
    }
  }
}
