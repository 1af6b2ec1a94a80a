import { RootConfigService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { IntegrationCredentials } from '../../../lib/IntegrationCredentials';
import { readGatewayRepository } from './readGatewayRepository';

const WHERE = 'groundControl.gateway.repository';
const URL = 'https://git.example/gateway.git';
const readOf = (config: RootConfigService) =>
  readGatewayRepository(
    config.getOptionalConfig('groundControl'),
    new IntegrationCredentials(config),
  );
const read = (repository?: unknown) =>
  readOf(
    mockServices.rootConfig({
      data: { groundControl: { gateway: { repository } } } as any,
    }),
  );

describe('readGatewayRepository', () => {
  it('is none where none is given', () => {
    expect(readOf(mockServices.rootConfig({ data: {} }))).toBeUndefined();
    expect(read()).toBeUndefined();
  });

  it('has defaults for all but the URL, and a folder of its own', async () => {
    expect(read({ url: URL })).toMatchObject({
      remote: { url: URL, label: URL },
      branch: 'master',
      pollIntervalMs: 10_000,
      timeoutMs: 120_000,
      mirrorDirectory: expect.stringMatching(/ground-control-gateway-mirrors$/),
    });
    const given = read({
      url: 'git@git.example:gateway.git',
      branch: 'main',
      sshKeyFile: '/key',
      sshKnownHostsFile: '/hosts',
      pollInterval: '1m',
      timeout: { seconds: 5 },
      mirrorDirectory: '/mirrors',
    })!;
    expect(given).toMatchObject({
      remote: { label: 'git.example:gateway.git' },
      branch: 'main',
      pollIntervalMs: 60_000,
      timeoutMs: 5_000,
      mirrorDirectory: '/mirrors',
    });
    expect(await given.readCredentials()).toMatchObject({
      sshKeyFile: '/key',
      sshKnownHostsFile: '/hosts',
    });
  });

  it.each<[string, unknown, string]>([
    ['a text', 'https://u:canary@git.example/x', WHERE],
    ['no URL', {}, `${WHERE}.url`],
    ['an empty URL', { url: '' }, `${WHERE}.url`],
    ['a number', { url: 5 }, `${WHERE}.url`],
    ['a password', { url: 'https://u:canary@host/x' }, `${WHERE}.url can't be`],
    ['a program', { url: 'ext::canary' }, `${WHERE}.url can't be used`],
    ['a branch', { url: URL, branch: '-canary' }, `${WHERE}.branch`],
    ['another type', { url: URL, branch: 5 }, `${WHERE}.branch`],
    [
      'two passwords',
      { url: URL, password: 'canary', passwordFile: '/canary' },
      `${WHERE} has both`,
    ],
    ['no time', { url: URL, pollInterval: 'canary' }, `${WHERE}.pollInterval`],
    ['too short', { url: URL, timeout: '1ms' }, `${WHERE}.timeout`],
    ['a slip', { url: URL, brnach: 'canary' }, `${WHERE} has brnach, which`],
    ['writing', { url: URL, writing: {} }, `${WHERE} has writing, which`],
    ['a layout', { url: URL, layout: 'canary' }, `${WHERE} has layout, which`],
  ])('refuses %s by the name of its key, and repeats no secret', (...of) => {
    const [, repository, where] = of;
    let error = '';
    try {
      read(repository);
    } catch (e) {
      error = String(e);
    }
    expect(error).toContain(where);
    expect(error).not.toContain('canary');
  });
});
