import { generateKeyPairSync, sign } from 'node:crypto';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import Router from 'express-promise-router';
import request from 'supertest';
import { resolvePerson } from './resolvePerson';

const CI_TOKEN = 'a-token-of-ci-that-is-long-enough';
const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signed(header: object, payload: object): [string, string] {
  const text = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return [text, signature.toString('base64url')];
}

/** A token as signing in gives it, with the proof that services act with. */
function issueUserToken(sub: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub, iat, exp: iat + 3600 };
  const key = { alg: 'ES256', kid: 'test' };
  const [, uip] = signed({ typ: 'vnd.backstage.limited-user', ...key }, claims);
  return signed(
    { typ: 'vnd.backstage.user', ...key },
    { ...claims, aud: 'backstage', uip },
  ).join('.');
}

/** Where user tokens come from: its key is all that is asked of it. */
const authPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const router = Router();
        router.get('/.well-known/jwks.json', (_, response) => {
          const jwk = publicKey.export({ format: 'jwk' });
          response.json({ keys: [{ ...jwk, alg: 'ES256', kid: 'test' }] });
        });
        http.use(router);
        http.addAuthPolicy({
          path: '/.well-known/jwks.json',
          allow: 'unauthenticated',
        });
      },
    });
  },
});

/** Says who it takes a caller for. */
const ownPlugin = createBackendPlugin({
  pluginId: 'ground-control',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ auth, http, httpAuth }) {
        const router = Router();
        router.get('/me', async (incoming, response) => {
          const credentials = await httpAuth.credentials(incoming);
          response.json({ person: resolvePerson(auth, credentials) });
        });
        http.use(router);
      },
    });
  },
});

/** A plugin that calls ours for whoever calls it, or as itself. */
const otherPlugin = createBackendPlugin({
  pluginId: 'scaffolder',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ auth, http, httpAuth }) {
        const router = Router();
        router.get('/token', async (incoming, response) => {
          const onBehalfOf = incoming.query.self
            ? await auth.getOwnServiceCredentials()
            : await httpAuth.credentials(incoming);
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf,
            targetPluginId: 'ground-control',
          });
          response.json({ token });
        });
        http.use(router);
      },
    });
  },
});

describe('resolvePerson, with tokens as Backstage makes and reads them', () => {
  let backend: TestBackend;
  const user = issueUserToken('User:Default/Dee.Park');

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        authPlugin,
        ownPlugin,
        otherPlugin,
        authServiceFactory,
        httpAuthServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              auth: {
                externalAccess: [
                  {
                    type: 'static',
                    options: { token: CI_TOKEN, subject: 'ci' },
                  },
                ],
              },
            },
          },
        }),
      ],
    });
  });
  afterAll(() => backend.stop());

  const get = (path: string, token: string) =>
    request(backend.server)
      .get(`/api/${path}`)
      .set({ authorization: `Bearer ${token}` });

  it('finds a person who is signed in', async () => {
    const { status, body } = await get('ground-control/me', user);
    expect({ status, body }).toEqual({
      status: 200,
      body: { person: 'user:default/dee.park' },
    });
  });

  it('refuses a plugin that acts on a person’s behalf', async () => {
    const { body } = await get('scaffolder/token', user);
    const answer = await get('ground-control/me', body.token);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      'scaffolder acts on somebody’s behalf',
    );
  });

  it('refuses a plugin as itself', async () => {
    const { body } = await get('scaffolder/token?self=1', user);
    const answer = await get('ground-control/me', body.token);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('credentials of a service');
  });

  it('refuses a token that was given to a program', async () => {
    const answer = await get('ground-control/me', CI_TOKEN);
    expect(answer.status).toBe(403);
  });

  it('refuses nobody, and a person’s token that was changed', async () => {
    expect((await get('ground-control/me', 'x')).status).toBe(401);
    const [header, , signature] = user.split('.');
    const iat = Math.floor(Date.now() / 1000);
    const forged = encode({
      sub: 'user:default/dee.park',
      iat,
      exp: iat + 3600,
      aud: 'backstage',
    });
    const answer = await get(
      'ground-control/me',
      [header, forged, signature].join('.'),
    );
    expect(answer.status).toBe(401);
  });
});
