import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';
import { RequestRow } from '../requests/types';
import { audited } from './audited';
import { jsonBody } from './jsonBody';
import * as parameters from './parameters';
import { parse, parseBody } from './parse';
import * as bodies from './requestBodies';
import { Requests } from './Requests';
import { formatTagged, sendTagged } from './sendTagged';
import { RouterOptions } from './types';

const listQuery = z.object({
  status: parameters.requestStatus,
  squad: parameters.squads,
  environments: parameters.environments,
  ...parameters.serviceQuery,
  before: parameters.requestsBefore,
  limit: parameters.limit,
});

const choicesQuery = z.object({ environment: parameters.requiredEnvironment });

const candidatesQuery = z.object({
  text: parameters.searchText,
  before: parameters.candidatesBefore,
});

const rollbacksQuery = z.object({
  environment: parameters.requiredEnvironment,
  before: parameters.before,
});

/** What belongs to release requests; absent where no config repository is read. */
function requireRequests({ requests }: RouterOptions) {
  if (!requests) {
    throw new NotFoundError(
      'There are no release requests: no config repository is configured; set groundControl.configRepository.url',
    );
  }
  return requests;
}

/** GET /v1/services/…/choices and /v1/requests… */
export function createRequestsRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();

  router.get(
    '/v1/services/:namespace/:service/choices',
    async (request, response) => {
      const service = parse(parameters.servicePath, request.params);
      const { environment } = parse(choicesQuery, request.query);
      const credentials = await requests.authenticate(request);
      const { reading } = requireRequests(options);
      const choices = await reading.choices(credentials, service, environment);
      sendTagged(request, response, formatTagged(choices));
    },
  );

  router.get(
    '/v1/services/:namespace/:service/choices/candidates',
    async (request, response) => {
      const service = parse(parameters.servicePath, request.params);
      const query = parse(candidatesQuery, request.query);
      const credentials = await requests.authenticate(request);
      const { reading } = requireRequests(options);
      response.json(await reading.candidates(credentials, service, query));
    },
  );

  router.get(
    '/v1/services/:namespace/:service/choices/rollbacks',
    async (request, response) => {
      const service = parse(parameters.servicePath, request.params);
      const query = parse(rollbacksQuery, request.query);
      const credentials = await requests.authenticate(request);
      const { reading } = requireRequests(options);
      response.json(await reading.rollbacks(credentials, service, query));
    },
  );

  router.post(
    '/v1/requests/preview',
    ...jsonBody,
    async (request, response) => {
      const credentials = await requests.authenticate(request);
      const { wishes } = parseBody(bodies.previewBody, request.body);
      const { reading } = requireRequests(options);
      response.json(await reading.preview(credentials, wishes));
    },
  );

  router.get('/v1/requests', async (request, response) => {
    const query = parse(listQuery, request.query);
    const credentials = await requests.authenticate(request);
    const { reading } = requireRequests(options);
    const mine =
      query.squad === 'mine' ? await requests.readMine(credentials) : [];
    const page = await reading.list(credentials, {
      selection: {
        status: query.status,
        squads: requests.toSquads(query.squad, mine),
        environments: query.environments,
        service: parameters.toService(query),
      },
      before: query.before,
      limit: query.limit,
    });
    sendTagged(request, response, formatTagged(page));
  });

  router.post('/v1/requests', ...jsonBody, async (request, response) => {
    const credentials = await requests.authenticate(request);
    const { service, reading } = requireRequests(options);
    const rows = await audited(
      options.auditor,
      request,
      { id: 'request-ask' },
      async () =>
        service.ask(credentials, parseBody(bodies.askBody, request.body)),
    );
    response.status(201).json(await reading.show(credentials, rows));
  });

  router.get('/v1/requests/:id', async (request, response) => {
    const { id } = parse(parameters.requestPath, request.params);
    const credentials = await requests.authenticate(request);
    const { reading } = requireRequests(options);
    const detail = await reading.read(credentials, id);
    sendTagged(request, response, formatTagged(detail));
  });

  router.get('/v1/requests/:id/diff', async (request, response) => {
    const { id } = parse(parameters.requestPath, request.params);
    const credentials = await requests.authenticate(request);
    const { reading } = requireRequests(options);
    response.json(await reading.diff(credentials, id));
  });

  /** What somebody does with one request; it is answered as it stands then. */
  function act<Body extends z.ZodTypeAny>(
    action: string,
    body: Body,
    how: { severity?: 'medium' | 'high'; status?: number },
    work: (
      service: ReturnType<typeof requireRequests>['service'],
      ...args: [
        Awaited<ReturnType<Requests['authenticate']>>,
        number,
        z.output<Body>,
      ]
    ) => Promise<RequestRow>,
  ) {
    router.post(
      `/v1/requests/:id/${action}`,
      ...jsonBody,
      async (request, response) => {
        const { id } = parse(parameters.requestPath, request.params);
        const credentials = await requests.authenticate(request);
        const { service, reading } = requireRequests(options);
        const row = await audited(
          options.auditor,
          request,
          {
            id: `request-${action}`,
            severity: how.severity,
            meta: { request: id },
          },
          async () =>
            work(service, credentials, id, parseBody(body, request.body)),
        );
        response
          .status(how.status ?? 200)
          .json(await reading.read(credentials, row.number));
      },
    );
  }

  act('decision', bodies.decisionBody, {}, (service, ...args) =>
    service.decide(...args),
  );
  act(
    'override',
    bodies.overrideBody,
    { severity: 'high' },
    (service, ...args) => service.override(...args),
  );
  act('cancel', bodies.cancelBody, {}, (service, credentials, id) =>
    service.cancel(credentials, id),
  );
  act('remind', bodies.remindBody, {}, (service, credentials, id) =>
    service.remind(credentials, id),
  );
  act(
    'repeat',
    bodies.repeatBody,
    { status: 201 },
    (service, credentials, id, { idempotencyKey }) =>
      service.repeat(credentials, id, idempotencyKey),
  );
  return router;
}
