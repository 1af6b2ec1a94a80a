import Router from 'express-promise-router';
import { z } from 'zod';
import { readProblems } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { RouterOptions } from './types';

const problemsQuery = z.object({
  of: z.enum(['services', 'repository']).optional(),
  before: parameters.problemsBefore,
  limit: parameters.limit,
});

/** GET /v1/repository and /v1/problems */
export function createRepositoryRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();

  router.get('/v1/repository', async (request, response) => {
    const credentials = await requests.authenticate(request);
    const access = options.access.readAccess(credentials);
    response.json(await requests.readRepositoryStatus(requests.now(), access));
  });

  router.get('/v1/problems', async (request, response) => {
    const filter = parse(problemsQuery, request.query);
    const credentials = await requests.authenticate(request);
    const access = await options.access.readListAccess(credentials);
    response.json(
      await readProblems(requests.toContext(access), {
        filter,
        mayReadRepository: access.repository,
        now: requests.now(),
      }),
    );
  });
  return router;
}
