import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  groundControlPolicyExtensionPoint,
  JudgedRelease,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import { incidentPolicyModule } from './__testUtils__/incidentPolicy';
import { judgeByPolicies } from './judgeByPolicies';

const ROOT = join(__dirname, '../../../..');
const release: JudgedRelease = {
  service: { namespace: '', name: 'ledger-api' },
  environment: 'prod',
  environments: ['prod'],
  intent: 'promote',
  artifact: { id: 'a', service: 'ledger-api', namespace: '', images: [] },
};

describe('the example of docs/adding-a-policy.md', () => {
  let server: Server;
  let answer: { status: number; body: string };
  const policies: ReleasePolicy[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.writeHead(answer.status);
      response.end(request.url?.includes('=ledger-api') ? answer.body : '[]');
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const plugin = createBackendPlugin({
      pluginId: 'ground-control',
      register(env) {
        env.registerExtensionPoint(groundControlPolicyExtensionPoint, {
          addPolicy: policy => policies.push(policy),
        });
        env.registerInit({ deps: {}, init: async () => {} });
      },
    });
    const url = `http://127.0.0.1:${port}/`;
    const backend = await startTestBackend({
      features: [
        plugin,
        incidentPolicyModule,
        mockServices.rootConfig.factory({ data: { incidents: { url } } }),
      ],
    });
    await backend.stop();
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const judge = async (more: Partial<JudgedRelease> = {}) => {
    const of = { ...release, ...more };
    const [verdict] = await judgeByPolicies(policies, of, { now: new Date() });
    return verdict;
  };

  it('is the code that is tested here', () => {
    const page = readFileSync(join(ROOT, 'docs/adding-a-policy.md'), 'utf8');
    const [, example] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
    const path = join(__dirname, '__testUtils__/incidentPolicy.ts');
    expect(example).toBe(readFileSync(path, 'utf8'));
  });

  it('judges', async () => {
    answer = { status: 200, body: '[{"title":"Slow postings"}]' };
    expect(await judge()).toMatchObject({
      policy: 'incident',
      level: 'warning',
      reason: '“Slow postings” is open.',
    });
    expect(await judge({ intent: 'rollback' })).toBeUndefined();
    answer = { status: 200, body: '[]' };
    expect(await judge()).toMatchObject({ level: 'pass' });
    answer = { status: 503, body: '' };
    expect(await judge()).toMatchObject({
      level: 'block',
      reason: expect.stringContaining('incidents answered 503'),
    });
  });
});
