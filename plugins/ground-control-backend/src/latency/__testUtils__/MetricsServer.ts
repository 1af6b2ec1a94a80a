import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers over real HTTP with what a test wants. */
export class MetricsServer {
  private readonly server: Server;
  private answer: Answer = (_, response) => response.end();
  /** Paths with their queries, and the authorization shown. */
  readonly asked: Array<{ path: string; authorization?: string }> = [];

  private constructor() {
    this.server = createServer((request, response) => {
      const { url = '', headers } = request;
      this.asked.push({ path: url, authorization: headers.authorization });
      // A slow answer is no clock that is off; who tests that sets one.
      response.sendDate = false;
      this.answer(request, response);
    });
  }

  static async start(): Promise<MetricsServer> {
    const server = new MetricsServer();
    await new Promise<void>(resolve =>
      server.server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** From now on. */
  does(answer: Answer): void {
    this.answer = answer;
  }

  /** By path; a string is the body of a 200. */
  says(answers: Record<string, string>): void {
    this.answer = (request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname;
      const body = answers[path];
      if (body === undefined) response.writeHead(404).end();
      else response.end(body);
    };
  }

  async stop(): Promise<void> {
    await new Promise(resolve => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
