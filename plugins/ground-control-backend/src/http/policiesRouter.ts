import { InputError, NotFoundError } from '@backstage/errors';
import { PolicySubject } from '@ground-control/backstage-plugin-ground-control-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { audited } from './audited';
import { jsonBody } from './jsonBody';
import * as parameters from './parameters';
import { parse, parseBody } from './parse';
import { policyChangeBody, policyPreviewBody, squad } from './policyBodies';
import { Requests } from './Requests';
import { formatTagged, sendTagged } from './sendTagged';
import { RouterOptions } from './types';

const subjectQuery = z.object({
  squad: squad.optional(),
  ...parameters.serviceQuery,
});

function toSubject(query: z.output<typeof subjectQuery>): PolicySubject {
  const service = parameters.toService(query);
  if (service && query.squad !== undefined) {
    throw new InputError(
      'Invalid request: give a squad or a service, and not both',
    );
  }
  if (service) return { level: 'service', service };
  return query.squad === undefined
    ? { level: 'defaults' }
    : { level: 'squad', squad: query.squad };
}

/** What belongs to policies; absent where no config repository is read. */
function requirePolicies({ requests }: RouterOptions) {
  if (!requests?.policies) {
    throw new NotFoundError(
      'There are no policies: no config repository is configured; set groundControl.configRepository.url',
    );
  }
  return requests.policies;
}

/** GET /v1/policies, POST /v1/policies/… */
export function createPoliciesRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();

  router.get('/v1/policies', async (request, response) => {
    const subject = toSubject(parse(subjectQuery, request.query));
    const credentials = await requests.authenticate(request);
    const policies = await requirePolicies(options).read(credentials, subject);
    sendTagged(request, response, formatTagged(policies));
  });

  router.post(
    '/v1/policies/preview',
    ...jsonBody,
    async (request, response) => {
      const credentials = await requests.authenticate(request);
      const { change } = parseBody(policyPreviewBody, request.body);
      response.json(
        await requirePolicies(options).preview(credentials, change),
      );
    },
  );

  router.post(
    '/v1/policies/changes',
    ...jsonBody,
    async (request, response) => {
      const credentials = await requests.authenticate(request);
      const policies = requirePolicies(options);
      response.json(
        await audited(
          options.auditor,
          request,
          { id: 'policies-change' },
          async () =>
            policies.change(
              credentials,
              parseBody(policyChangeBody, request.body),
            ),
        ),
      );
    },
  );
  return router;
}
