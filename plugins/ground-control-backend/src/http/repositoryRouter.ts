import Router from 'express-promise-router';
import { readProblems } from '../releases';
import { Requests } from './Requests';
import { RouterOptions } from './types';

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
    const credentials = await requests.authenticate(request);
    const access = await options.access.readListAccess(credentials);
    response.json(
      await readProblems(requests.toContext(access), {
        mayReadRepository: access.repository,
        now: requests.now(),
      }),
    );
  });
  return router;
}
