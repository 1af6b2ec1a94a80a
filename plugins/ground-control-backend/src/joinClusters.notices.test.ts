import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { until } from './__testUtils__/until';
import plugin from './index';

describe('a cluster that can not be read', () => {
  const directory = createMockDirectory();
  const repository = TestRepository.create();
  const sent: NotificationSendOptions[] = [];
  let stop: (() => Promise<void>) | undefined;

  afterAll(async () => {
    await stop?.();
    repository.remove();
  });

  it('is told to the Group of platform engineers that is configured', async () => {
    const backend = await startTestBackend({
      features: [
        plugin,
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async (options: NotificationSendOptions) => {
              sent.push(options);
            },
          }),
        }),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              platformEngineers: 'group:default/platform',
              configRepository: {
                url: repository.path,
                mirrorDirectory: directory.resolve('mirrors'),
              },
              clusterSettings: { tellUnreadAfter: '1s' },
              // Nothing listens there.
              clusters: [
                { name: 'az-1', url: 'https://127.0.0.1:1', token: 'none' },
              ],
            },
          },
        }),
      ],
    });
    stop = () => backend.stop();
    await until(() => sent.length > 0);
    expect(sent).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: 'group:default/platform' },
        payload: {
          title: 'Cannot read az-1: unreachable',
          description: expect.stringMatching(/ECONNREFUSED|refused/),
        },
      },
    ]);
  });
});
