import {
  mockServices,
  ServiceMock,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { UserInfoService, BackendFeature } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import request from 'supertest';
import { ChangeHub } from '../lib/ChangeHub';
import { ReleaseFile } from '../releases/buildManifestDiff';
import { createTestPlugin } from './createTestPlugin';

export const NOW = '2026-03-02T12:00:00.000Z';

export const FRESH: RepositoryStatus = {
  state: 'fresh',
  branch: 'master',
  revision: 'c'.repeat(40),
  position: 5,
  observedAt: '2026-03-02T11:59:55.000Z',
};

/** A backend with the reading half of the plugin, over HTTP. */
export interface TestServer {
  get(path: string, headers?: Record<string, string>): request.Test;
  post(path: string, body: object): request.Test;
  /** What a release's folder holds, by tree. */
  files: Map<string, ReleaseFile[]>;
  status: RepositoryStatus;
  now: Date;
  hub: ChangeHub;
  stop(): Promise<void>;
}

/** Starts a backend on a database that was filled before. */
export async function startServer(options: {
  knex: Knex;
  entities?: Entity[];
  config?: JsonObject;
  userInfo?: ServiceMock<UserInfoService>;
  features?: BackendFeature[];
}): Promise<TestServer> {
  const state = {
    files: new Map<string, ReleaseFile[]>(),
    status: FRESH,
    now: new Date(NOW),
    hub: new ChangeHub({
      onError: error => {
        throw error;
      },
      gatherMs: 1,
    }),
  };
  const plugin = createTestPlugin({
    hub: state.hub,
    readRepositoryStatus: () => state.status,
    now: () => state.now,
    releaseFiles: {
      readReleaseFiles: async tree => state.files.get(tree) ?? [],
    },
  });
  const { server, stop } = await startTestBackend({
    features: [
      plugin,
      mockServices.database.factory({ knex: options.knex }),
      mockServices.rootConfig.factory({
        data: { ...options.config },
      }),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      ...(options.userInfo ? [options.userInfo.factory] : []),
      ...(options.features ?? []),
    ],
  });
  return Object.assign(state, {
    get: (path: string, headers: Record<string, string> = {}) =>
      request(server).get(`/api/ground-control${path}`).set(headers),
    post: (path: string, body: object) =>
      request(server).post(`/api/ground-control${path}`).send(body),
    stop,
  });
}
