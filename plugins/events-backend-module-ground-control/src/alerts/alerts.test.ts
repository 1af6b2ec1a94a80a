import { createHmac } from 'node:crypto';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import eventsModuleGroundControl from '../index';

const SECRET = 'canary-secret-0815';
const TOPIC = 'ground-control.flux-alert';
const PATH = `/api/events/http/${TOPIC}`;

/** An alert as Flux's notification controller sends it. */
function alertOf(cluster?: string, message = 'Applied revision') {
  return JSON.stringify({
    involvedObject: {
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'prod-ledger-api',
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    },
    severity: 'info',
    timestamp: '2026-03-02T10:00:00Z',
    message,
    reason: 'ReconciliationSucceeded',
    metadata: { revision: 'master@sha1:abc', ...(cluster && { cluster }) },
    reportingController: 'kustomize-controller',
  });
}

function sign(body: string, secret = SECRET) {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-signature': `sha256=${digest}` };
}

async function start(clusters: object[] | undefined) {
  const received: EventParams[] = [];
  const listener = createBackendModule({
    pluginId: 'events',
    moduleId: 'listener',
    register(env) {
      env.registerInit({
        deps: { events: eventsServiceRef },
        async init({ events }) {
          await events.subscribe({
            id: 'test',
            topics: [TOPIC],
            onEvent: async event => {
              received.push(event);
            },
          });
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      eventsPlugin,
      eventsModuleGroundControl,
      listener,
      mockServices.rootConfig.factory({
        data: { groundControl: { clusters } as any },
      }),
    ],
  });
  const url = `http://localhost:${server.port()}${PATH}`;
  const post = async (
    body: string | ReadableStream,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      ...(typeof body !== 'string' && { duplex: 'half' }),
    } as RequestInit);
    return { status: response.status, text: await response.text() };
  };
  return { post, received, url };
}

describe('alerts of Flux', () => {
  it('tells which cluster sent one, and nothing of what it says', async () => {
    const { post, received, url } = await start([
      { name: 'aws-1', alertSecret: SECRET },
      { name: 'gcp-1', alertSecret: 'another canary secret' },
      { name: 'dumb-1' },
    ]);
    const body = alertOf('aws-1');
    expect((await post(body, sign(body))).status).toBe(202);
    expect(received).toEqual([
      { topic: TOPIC, eventPayload: { cluster: 'aws-1' } },
    ]);
    // Some senders give no type.
    const untyped = await post(body, { ...sign(body), 'content-type': '' });
    expect(untyped.status).toBe(202);
    expect(received).toHaveLength(2);

    const answers = await Promise.all([
      post(body),
      post(body, sign(body, 'another canary secret')),
      post(`${body} `, sign(body)),
      post(alertOf('dumb-1'), sign(alertOf('dumb-1'), '')),
      post(alertOf('nobody'), sign(alertOf('nobody'))),
      post(alertOf(), sign(alertOf())),
      post('', sign('')),
      post('{', sign('{')),
      post('"aws-1"', sign('"aws-1"')),
      post(alertOf('aws-1\u0000'), sign(alertOf('aws-1\u0000'))),
    ]);
    // All are refused in the same words: nothing tells which clusters exist.
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([403]),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0].text).not.toContain('canary');
    expect((await fetch(url)).status).toBe(404);
    expect(received).toHaveLength(2);
  });

  it('takes no more than it must read', async () => {
    const { post, received } = await start([
      { name: 'aws-1', alertSecret: SECRET },
    ]);
    const most = 256 * 1024;
    const overhead = alertOf('aws-1', '').length;
    const fits = alertOf('aws-1', 'x'.repeat(most - overhead));
    expect((await post(fits, sign(fits))).status).toBe(202);
    const large = alertOf('aws-1', 'x'.repeat(most - overhead + 1));
    expect((await post(large, sign(large))).status).toBe(413);
    const stream = new Blob([large, large]).stream();
    expect((await post(stream)).status).toBe(413);
    expect(received).toHaveLength(1);
  });

  it('refuses everything while no cluster has a secret', async () => {
    const { post, received } = await start(undefined);
    const body = alertOf('aws-1');
    expect((await post(body, sign(body, ''))).status).toBe(403);
    expect(received).toHaveLength(0);
  });

  it('doesn’t start with a secret that could be guessed', async () => {
    const starting = start([{ name: 'aws-1', alertSecret: 'canary-too-shor' }]);
    const message = await starting.catch(error => String(error.stack));
    expect(message).toContain(
      'the alertSecret of aws-1 must have 16 characters or more',
    );
    expect(message).not.toContain('canary');
  });
});
