import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';
import { cleanText } from '../lib/cleanText';
import { audited } from './audited';
import { jsonBody } from './jsonBody';
import { text } from './parameters';
import { parseBody } from './parse';
import { idempotencyKey, reason } from './requestBodies';
import { Requests } from './Requests';
import { RouterOptions } from './types';

const NAME = 255;
const MOST_CLUSTERS = 50;
const LAST_PORT = 65_535;

const body = <T extends z.ZodRawShape>(shape: T) => z.object(shape).strict();

/** What can stand in the file is judged as the file is; this is what can be shown. */
const name = text(NAME)
  .refine(value => value !== '', 'may not be empty')
  .refine(
    value => cleanText(value, NAME) === value,
    'may hold no control characters, and no spaces around it',
  );

const place = {
  change: z.enum(['add', 'remove']),
  service: body({ namespace: text(NAME), name }),
  name,
  cluster: name,
  from: z
    .array(name)
    .max(MOST_CLUSTERS)
    .refine(
      names => new Set(names).size === names.length,
      'may name a cluster once only',
    ),
  squad: name.optional(),
};

const wish = z.discriminatedUnion('kind', [
  body({ ...place, kind: z.literal('target'), dnsName: name.optional() }),
  body({
    ...place,
    kind: z.literal('ingress'),
    namespace: name,
    port: z.number().int().min(1).max(LAST_PORT).optional(),
  }),
]);

const previewBody = body({ wish });
const askBody = body({ wish, reason, idempotencyKey });

const NO_ENTRIES =
  'Access can’t be asked for: no config repository is configured; set groundControl.configRepository.url';

/** POST /v1/gateway-entries/… */
export function createGatewayAccessRouter(
  { auditor, requests: routes }: RouterOptions,
  requests: Requests,
) {
  const router = Router();

  router.post(
    '/v1/gateway-entries/preview',
    ...jsonBody,
    async (request, response) => {
      const credentials = await requests.authenticate(request);
      const { wish: wanted } = parseBody(previewBody, request.body);
      if (!routes?.gatewayAccess) {
        throw new NotFoundError(
          'Access can’t be asked for: no config repository is configured; set groundControl.configRepository.url',
        );
      }
      response.json(await routes.gatewayAccess.preview(credentials, wanted));
    },
  );

  router.post(
    '/v1/gateway-entries/requests',
    ...jsonBody,
    async (request, response) => {
      const credentials = await requests.authenticate(request);
      if (!routes?.askAccess) throw new NotFoundError(NO_ENTRIES);
      const { askAccess, reading } = routes;
      const row = await audited(
        auditor,
        request,
        { id: 'request-ask' },
        async () =>
          askAccess.ask(credentials, parseBody(askBody, request.body)),
      );
      const [asked] = await reading.show(credentials, [row]);
      response.status(201).json(asked);
    },
  );
  return router;
}
