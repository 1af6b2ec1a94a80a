import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { createRouter, RouterOptions } from '../http';

/** The routes alone, over HTTP, with Backstage's own answers to errors. */
export interface TestRouter {
  /** As a person, or with these credentials. */
  get(path: string, by?: string): request.Test;
  post(
    path: string,
    body: string | object | undefined,
    by?: string,
  ): request.Test;
  server: Server;
  url: string;
  stop(): Promise<void>;
}

/** A header's value that says that somebody is signed in. */
function authorize(by: string): string {
  return by.startsWith('Bearer ')
    ? by
    : mockCredentials.user.header(`user:default/${by}`);
}

/** Starts the routes on what a test joined. */
export async function startRouter(
  options: Pick<RouterOptions, 'knex' | 'settings' | 'access'> &
    Partial<RouterOptions>,
): Promise<TestRouter> {
  const app = express();
  app.use(
    createRouter({
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth(),
      userInfo: mockServices.userInfo(),
      releaseFiles: { readReleaseFiles: async () => [] },
      readRepositoryStatus: async () => ({ state: 'fresh', branch: 'master' }),
      ...options,
    }),
  );
  const middleware = MiddlewareFactory.create({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
  });
  app.use(middleware.error());
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    get: (path, by = 'ana.ruiz') =>
      request(server).get(path).set('authorization', authorize(by)),
    post: (path, body, by = 'ana.ruiz') =>
      request(server)
        .post(path)
        .set('authorization', authorize(by))
        .send(body as object),
    stop: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        // A client keeps its connection for the next question.
        server.closeAllConnections();
      }),
  };
}
