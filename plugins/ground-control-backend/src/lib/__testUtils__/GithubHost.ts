import { generateKeyPairSync } from 'node:crypto';
import { createServer, IncomingMessage, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  GitHttpServer,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

/**
 * A GitHub of one's own: one repository at `/squad-ledger/ledger-api.git`, and
 * beside it the API by which an App gets tokens. Git lets in the newest alone.
 */
export class GithubHost {
  /** Of tokens from now on; those of GitHub last for an hour. */
  tokensLastMs = 3_600_000;
  /** Makes no tokens, and says so with this status, when set. */
  refuses?: number;
  /** Answers nothing of the API while true. */
  hangs = false;
  /** How many tokens were made. */
  made = 0;
  readonly #server: Server;

  private constructor(readonly git: GitHttpServer) {
    git.password = 'none was made yet';
    this.#server = createServer((asked, response) => {
      const path = asked.url ?? '/';
      if (!path.startsWith('/api/v3/')) {
        const target = git.url + path.replace(/^\/[^/]+\/[^/]+\.git/, '');
        const { method, headers } = asked;
        const onward = request(target, { method, headers }, answer => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        asked.pipe(onward);
        return;
      }
      if (this.hangs) return;
      const { status, body } = this.#answer(path, asked);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }

  static async start(repository: TestRepository): Promise<GithubHost> {
    const host = new GithubHost(await GitHttpServer.start(repository));
    await new Promise<void>(resolve =>
      host.#server.listen(0, '127.0.0.1', resolve),
    );
    return host;
  }

  /** With its port. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** As app-config has it. */
  get integrations() {
    const app = {
      appId: 1,
      clientId: 'id',
      clientSecret: 'canary',
      privateKey,
    };
    return {
      github: [
        { host: this.host, apiBaseUrl: `${this.url}/api/v3`, apps: [app] },
      ],
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
    await this.git.close();
  }

  #answer(path: string, asked: IncomingMessage) {
    if (!/^bearer \S+\.\S+\.\S+$/i.test(asked.headers.authorization ?? '')) {
      return { status: 401, body: { message: 'A JWT is needed' } };
    }
    if (this.refuses) {
      return { status: this.refuses, body: { message: 'No tokens today.\n' } };
    }
    if (path.startsWith('/api/v3/app/installations/7/access_tokens')) {
      this.made += 1;
      this.git.password = `ghs_canary${this.made}`;
      return {
        status: 201,
        body: {
          token: this.git.password,
          expires_at: new Date(Date.now() + this.tokensLastMs).toISOString(),
          repository_selection: 'all',
        },
      };
    }
    return {
      status: 200,
      body: [{ id: 7, account: { login: 'squad-ledger' } }],
    };
  }
}
