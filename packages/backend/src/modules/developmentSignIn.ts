import {
  coreServices,
  createBackendModule,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
  ProfileInfo,
} from '@backstage/plugin-auth-node';

const KEY = 'auth.providers.developmentSignIn';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Decides whether the development sign-in may be used: returns the entity refs
 * of the people whom anybody may be, or undefined where it isn't switched on.
 * Throws where it is switched on in a configuration that others can reach or
 * that calls itself anything but development.
 */
export function readDevelopmentPeople(
  config: RootConfigService,
): Set<string> | undefined {
  if (!config.getOptionalBoolean(`${KEY}.enabled`)) {
    return undefined;
  }
  const environment = config.getOptionalString('auth.environment');
  const host = new URL(config.getString('backend.baseUrl')).hostname;
  if (environment !== 'development' || !LOOPBACK.has(host)) {
    throw new NotAllowedError(
      `${KEY}.enabled lets anybody sign in as anybody, so it works only with auth.environment: development and a backend.baseUrl on localhost; ` +
        `here they are ${
          environment ?? 'not set'
        } and ${host}. Remove it from this configuration, and configure a real sign-in`,
    );
  }
  return new Set(
    config
      .getConfigArray(`${KEY}.people`)
      .map(person => person.getString('entityRef')),
  );
}

/**
 * Signs a developer in as one of the people of the configuration. The choice
 * comes in the header `x-development-person`.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'development-sign-in',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const people = readDevelopmentPeople(config);
        if (!people) {
          return;
        }
        providers.registerProvider({
          providerId: 'developmentSignIn',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              async defaultProfileTransform(entityRef: string, context) {
                const { entity } = await context.findCatalogUser({ entityRef });
                return { profile: (entity.spec?.profile ?? {}) as ProfileInfo };
              },
              initialize: () => undefined,
              async authenticate({ req }) {
                const person = req.header('x-development-person') ?? '';
                if (!people.has(person)) {
                  throw new AuthenticationError(
                    `The header x-development-person must name one of the people of ${KEY}.people`,
                  );
                }
                return { result: person };
              },
            }),
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result }),
          }),
        });
      },
    });
  },
});
