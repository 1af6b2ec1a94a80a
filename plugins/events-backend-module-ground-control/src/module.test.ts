import { createHmac } from 'node:crypto';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import eventsModuleGroundControl from './index';

const SECRET = 'canary-secret-0815';
const PATH = '/api/events/http/ground-control.config-repository';
const BODY = JSON.stringify({ ref: 'refs/heads/master', after: 'x' });

function sign(body: string, secret: string) {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-hub-signature-256': `sha256=${digest}` };
}

async function start(secret?: string) {
  const received: string[] = [];
  const listener = createBackendModule({
    pluginId: 'events',
    moduleId: 'listener',
    register(env) {
      env.registerInit({
        deps: { events: eventsServiceRef },
        async init({ events }) {
          await events.subscribe({
            id: 'test',
            topics: ['ground-control.config-repository'],
            onEvent: async event => {
              received.push(event.topic);
            },
          });
        },
      });
    },
  });
  const webhook = secret === undefined ? {} : { webhook: { secret } };
  const { server } = await startTestBackend({
    features: [
      eventsPlugin,
      eventsModuleGroundControl,
      listener,
      mockServices.rootConfig.factory({
        data: {
          groundControl: { configRepository: { url: '/x', ...webhook } },
        },
      }),
    ],
  });
  const post = async (headers: Record<string, string>, body = BODY) => {
    const response = await fetch(`http://localhost:${server.port()}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  return { post, received };
}

describe('webhooks of the config repository', () => {
  it('takes what is signed with the secret, and nothing else', async () => {
    const { post, received } = await start(SECRET);
    expect((await post(sign(BODY, SECRET))).status).toBe(202);
    expect((await post({ 'x-gitlab-token': SECRET })).status).toBe(202);
    expect(received).toHaveLength(2);

    const refused = await Promise.all([
      post({}),
      post(sign(BODY, 'another secret of it')),
      post(sign(BODY, SECRET), `${BODY} `),
      post({ 'x-hub-signature-256': 'sha256=' }),
      post({ 'x-gitlab-token': SECRET.slice(0, -1) }),
      post({ ...sign(BODY, 'another'), 'x-gitlab-token': SECRET }),
    ]);
    for (const { status, text } of refused) {
      expect(status).toBe(403);
      expect(text).not.toContain('canary');
    }
    expect(received).toHaveLength(2);
  });

  it('refuses everything without a secret', async () => {
    const { post, received } = await start();
    expect((await post(sign(BODY, ''))).status).toBe(403);
    expect((await post({ 'x-gitlab-token': '' })).status).toBe(403);
    expect(received).toHaveLength(0);
  });
});
