import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { createAlertHandler, readAlertSecrets } from './alerts';
import { isGenuine } from './isGenuine';

const TOPIC = 'ground-control.config-repository';
const SECRET = 'groundControl.configRepository.webhook.secret';

/**
 * Takes webhooks of the config repository's Git server at
 * `/api/events/http/ground-control.config-repository`. They only shorten the
 * wait for the next fetch: nothing that they say is believed. Without a
 * configured secret all are refused.
 *
 * Takes Flux's alerts at `/api/events/http/ground-control.flux-alert` in the
 * same way; each cluster has a secret of its own.
 *
 * @public
 */
export const eventsModuleGroundControl = createBackendModule({
  pluginId: 'events',
  moduleId: 'ground-control',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsExtensionPoint,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        published: eventsServiceRef,
      },
      async init({ config, events, httpRouter, logger, published }) {
        const secret = config.getOptionalString(SECRET);
        if (secret !== undefined && secret.length < 16) {
          throw new InputError(`${SECRET} must have 16 characters or more`);
        }
        if (secret === undefined) {
          logger.info(
            `Webhooks of the config repository are refused until ${SECRET} is set`,
          );
        }
        // Not an ingress of the events plugin: that would publish all that the
        // alert says, signature and headers included.
        httpRouter.use(
          createAlertHandler({
            secrets: readAlertSecrets(config),
            publish: params => published.publish(params),
          }),
        );
        httpRouter.addAuthPolicy({ allow: 'unauthenticated', path: '/http' });
        events.addHttpPostIngress({
          topic: TOPIC,
          validator: async (request, context) => {
            const genuine =
              secret !== undefined &&
              isGenuine(
                { headers: request.headers, rawBody: request.raw.body },
                secret,
              );
            if (!genuine) {
              context.reject({
                status: 403,
                payload: { message: 'The signature is missing or wrong' },
              });
            }
          },
        });
      },
    });
  },
});
