import { HttpRouterService } from '@backstage/backend-plugin-api';
import { EventParams } from '@backstage/plugin-events-node';
import { findAlertCluster } from './findAlertCluster';
import { readBody } from './readBody';

const TOPIC = 'ground-control.flux-alert';
const PATH = `/http/${TOPIC}`;
/** Flux's alert names the changed objects in its message, which can be many. */
const MOST_BYTES = 256 * 1024;

/**
 * Takes Flux's alerts (a Provider of type `generic-hmac`). They only shorten
 * the wait for the next look: what is published is which cluster sent one, and
 * nothing that it says.
 */
export function createAlertHandler(options: {
  secrets: ReadonlyMap<string, string>;
  publish(params: EventParams): Promise<void>;
}): Parameters<HttpRouterService['use']>[0] {
  return async (request, response, next) => {
    if (request.method !== 'POST' || request.path !== PATH) {
      next();
      return;
    }
    try {
      const rawBody = await readBody(request, MOST_BYTES);
      if (rawBody === undefined) {
        response
          .status(413)
          .set('Connection', 'close')
          .json({ message: `An alert may have at most ${MOST_BYTES} bytes` });
        return;
      }
      const cluster = findAlertCluster(
        { signature: request.headers['x-signature'], rawBody },
        options.secrets,
      );
      if (cluster === undefined) {
        response
          .status(403)
          .json({ message: 'The signature is missing or wrong' });
        return;
      }
      await options.publish({ topic: TOPIC, eventPayload: { cluster } });
      response.status(202).json({ status: 'accepted' });
    } catch (error) {
      next(error);
    }
  };
}
