import { spawn } from 'node:child_process';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { dirname, basename } from 'node:path';
import { TestRepository } from './TestRepository';

/**
 * A Git server over http with basic auth, by `git http-backend`.
 *
 * @public
 */
export class GitHttpServer {
  /** What it lets in; anybody when undefined. */
  password?: string;
  /** Answers nothing at all while true. */
  hangs = false;
  /** Answers with this status instead, when set. */
  status?: number;
  /** `username:password` of each request that brought them. */
  readonly seen: string[] = [];
  readonly #server: Server;

  private constructor(private readonly repository: TestRepository) {
    this.#server = createServer((request, response) => {
      if (this.hangs) return;
      const given = request.headers.authorization?.replace(/^Basic /, '');
      const credentials = Buffer.from(given ?? '', 'base64').toString();
      if (given) this.seen.push(credentials);
      if (this.status) {
        response.writeHead(this.status).end();
        return;
      }
      const [, password] = credentials.split(':');
      if (this.password !== undefined && password !== this.password) {
        response
          .writeHead(401, { 'www-authenticate': 'Basic realm="git"' })
          .end();
        return;
      }
      const url = new URL(request.url ?? '/', 'http://localhost');
      const git = spawn('git', ['http-backend'], {
        env: {
          PATH: process.env.PATH,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_PROJECT_ROOT: dirname(this.repository.path),
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: url.pathname,
          QUERY_STRING: url.search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        },
      });
      request.pipe(git.stdin);
      const chunks: Buffer[] = [];
      git.stdout.on('data', chunk => chunks.push(chunk));
      git.on('close', () => {
        const output = Buffer.concat(chunks);
        const end = output.indexOf('\r\n\r\n');
        let status = 200;
        for (const line of output.toString('latin1', 0, end).split('\r\n')) {
          const [name, value] = line.split(': ');
          if (name === 'Status') status = Number(value.slice(0, 3));
          else if (value) response.setHeader(name, value);
        }
        response.writeHead(status).end(output.subarray(end + 4));
      });
    });
  }

  static async start(repository: TestRepository): Promise<GitHttpServer> {
    const server = new GitHttpServer(repository);
    await new Promise<void>(resolve =>
      server.#server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${basename(this.repository.path)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
