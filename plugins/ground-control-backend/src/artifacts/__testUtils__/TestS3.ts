import { createHash } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What goes wrong instead of the answer. */
export type S3Fault =
  | { status: number; code: string }
  | 'hang'
  | 'half'
  | 'no-conditions'
  | 'strict-ranges';

export interface S3Request {
  method: string;
  key: string;
  range?: string;
}

const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;

/** A server that speaks the few calls of S3 that artifacts need. */
export class TestS3 {
  readonly bucket = 'artifacts';
  readonly accessKeyId = 'AKIATEST';
  readonly secretAccessKey = 'canary-secret-4711';
  readonly requests: S3Request[] = [];
  readonly objects = new Map<
    string,
    { bytes: Buffer; metadata: Record<string, string> }
  >();
  /** Asked for each request. */
  fault: (request: S3Request) => S3Fault | undefined = () => undefined;
  pageSize = 1_000;
  #server?: Server;

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
  }

  get settings() {
    const { bucket, endpoint, accessKeyId, secretAccessKey } = this;
    return {
      bucket,
      endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    };
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>(resolve =>
      this.#server!.listen(0, '127.0.0.1', resolve),
    );
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }

  put(key: string, bytes: Buffer): void {
    this.objects.set(key, { bytes, metadata: {} });
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url!, 'http://localhost');
    const [, bucket, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    const { method = '', headers } = request;
    const asked = { method, key, range: headers.range };
    this.requests.push(asked);
    const fail = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        xml(`<Error><Code>${code}</Code><Message>m</Message></Error>`),
      );
    };
    const signature = new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${this.accessKeyId}/\\d{8}/[\\w-]+/s3/aws4_request, SignedHeaders=\\S*host\\S*, Signature=[0-9a-f]{64}$`,
    );
    if (!signature.test(headers.authorization ?? '')) {
      return fail(403, 'AccessDenied');
    }
    const fault = this.fault(asked);
    if (fault === 'hang') return undefined;
    if (typeof fault === 'object') return fail(fault.status, fault.code);
    if (bucket !== this.bucket) return fail(404, 'NoSuchBucket');
    if (method === 'PUT') {
      if (headers['if-none-match'] && fault === 'no-conditions') {
        return fail(501, 'NotImplemented');
      }
      if (headers['if-none-match'] === '*' && this.objects.has(key)) {
        return fail(412, 'PreconditionFailed');
      }
      const metadata = Object.fromEntries(
        Object.entries(headers)
          .filter(([name]) => name.startsWith('x-amz-meta-'))
          .map(([name, value]) => [name.slice(11), String(value)]),
      );
      this.objects.set(key, { bytes: Buffer.concat(chunks), metadata });
      response.writeHead(200).end();
      return undefined;
    }
    if (key === '') return this.#list(url.searchParams, response);
    return this.#get(key, request, response, fault);
  }

  #list(query: URLSearchParams, response: ServerResponse) {
    const after = query.get('start-after') ?? '';
    const keys = [...this.objects.keys()]
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .filter(key => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
    const page = keys.slice(0, this.pageSize);
    const contents = page.map(key => {
      const { bytes } = this.objects.get(key)!;
      const name = encodeURIComponent(key).replaceAll('%20', '+');
      return `<Contents><Key>${name}</Key><ETag>&quot;${etagOf(
        bytes,
      )}&quot;</ETag><Size>${
        bytes.length
      }</Size><LastModified>2026-03-01T12:00:00.000Z</LastModified></Contents>`;
    });
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      xml(
        `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><KeyCount>${
          page.length
        }</KeyCount><IsTruncated>${
          keys.length > page.length
        }</IsTruncated>${contents.join('')}</ListBucketResult>`,
      ),
    );
  }

  #get(
    key: string,
    { headers }: IncomingMessage,
    response: ServerResponse,
    fault: S3Fault | undefined,
  ) {
    const fail = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(xml(`<Error><Code>${code}</Code></Error>`));
    };
    const object = this.objects.get(key);
    if (!object) return fail(404, 'NoSuchKey');
    const { bytes } = object;
    const etag = `"${etagOf(bytes)}"`;
    if (headers['if-match'] && headers['if-match'] !== etag) {
      return fail(412, 'PreconditionFailed');
    }
    const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
    if (headers.range && bytes.length === 0) return fail(416, 'InvalidRange');
    if (fault === 'strict-ranges' && from === '' && Number(to) > bytes.length) {
      return fail(416, 'InvalidRange');
    }
    const start =
      from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from ?? 0);
    const end =
      from && to ? Math.min(bytes.length, Number(to) + 1) : bytes.length;
    const part = bytes.subarray(start, end);
    response.writeHead(headers.range ? 206 : 200, {
      etag,
      'content-length': part.length,
      ...(headers.range
        ? { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }
        : {}),
    });
    if (fault === 'half') {
      response.write(part.subarray(0, part.length / 2), () =>
        response.destroy(),
      );
    } else {
      response.end(part);
    }
    return undefined;
  }
}

function etagOf(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}
