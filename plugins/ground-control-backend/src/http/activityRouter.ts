import Router from 'express-promise-router';
import { z } from 'zod';
import { readActivity } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { RouterOptions } from './types';

const activityQuery = z.object({
  kinds: parameters.kinds,
  squad: parameters.squads,
  environments: parameters.environments,
  ...parameters.serviceQuery,
  text: parameters.searchText,
  before: parameters.before,
  limit: parameters.limit,
});

/** GET /v1/activity */
export function createActivityRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();
  router.get('/v1/activity', async (request, response) => {
    const { squad, namespace, service, ...filter } = parse(
      activityQuery,
      request.query,
    );
    const named = parameters.toService({ namespace, service });
    const credentials = await requests.authenticate(request);
    const [access, mine] = await Promise.all([
      options.access.readListAccess(credentials),
      squad === 'mine' ? requests.readMine(credentials) : [],
    ]);
    response.json(
      await readActivity(requests.toContext(access), {
        settings: options.settings,
        filter: {
          ...filter,
          squads: requests.toSquads(squad, mine),
          service: named,
        },
        mayReadRepository: access.repository,
        now: requests.now(),
      }),
    );
  });
  return router;
}
