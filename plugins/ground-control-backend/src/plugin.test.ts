import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { until } from './__testUtils__/until';
import { releaseCommit } from './gitops/__testUtils__/artifacts';
import plugin from './index';

describe('the plugin', () => {
  let directory: string;
  let repository: TestRepository;
  let events: DefaultEventsService;
  let stop: (() => Promise<void>) | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ground-control-plugin-'));
    repository = TestRepository.create();
  });

  afterEach(async () => {
    await stop?.();
    stop = undefined;
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = async (groundControl?: object) => {
    const logger = mockServices.logger.mock();
    events = DefaultEventsService.create({ logger });
    const backend = await startTestBackend({
      features: [
        plugin,
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: groundControl ? { groundControl } : {},
        }),
      ],
    });
    stop = () => backend.stop();
    return async () => {
      const response = await fetch(
        `http://localhost:${backend.server.port()}/api/ground-control/v1/repository`,
        {
          headers: { authorization: 'Bearer mock-user-token' },
        },
      );
      return { status: response.status, body: await response.json() };
    };
  };

  it('starts without any configuration, and says so', async () => {
    const ask = await start();
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toMatch(/No config repository is configured/);
  });

  it('reads a config repository and answers of it', async () => {
    repository.commit(
      releaseCommit({ environment: 'dev', service: 'ledger', number: 1 }),
    );
    const ask = await start({
      configRepository: {
        url: repository.path,
        mirrorDirectory: directory,
        pollInterval: '1s',
      },
    });
    await until(async () => (await ask()).body.state === 'fresh', {
      seen: ask,
    });
  });

  it('looks at once when a webhook came, and believes nothing of it', async () => {
    const ask = await start({
      configRepository: {
        url: repository.path,
        mirrorDirectory: directory,
        pollInterval: '1h',
      },
    });
    const stateIs = (state: string) =>
      until(async () => (await ask()).body.state === state, {
        what: state,
        seen: ask,
      });
    await stateIs('empty');
    repository.commit(
      releaseCommit({ environment: 'dev', service: 'ledger', number: 1 }),
    );
    await events.publish({
      topic: 'ground-control.config-repository',
      eventPayload: { after: 'f'.repeat(40), repository: { url: 'ext::x' } },
    });
    await stateIs('fresh');
    expect((await ask()).body.revision).toBe(repository.tip());
  });

  it('refuses a layout that nobody added', async () => {
    await expect(
      start({ configRepository: { url: '/x', layout: 'other' } }),
    ).rejects.toThrow(/there is no layout other; there are release-manager/);
  });
});
