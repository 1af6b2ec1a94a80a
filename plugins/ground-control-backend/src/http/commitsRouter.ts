import Router from 'express-promise-router';
import { z } from 'zod';
import { findCommit } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { RouterOptions } from './types';

const commitsQuery = z.object({ q: parameters.commitQuery });

/** GET /v1/commits */
export function createCommitsRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();
  router.get('/v1/commits', async (request, response) => {
    const { q } = parse(commitsQuery, request.query);
    const credentials = await requests.authenticate(request);
    const access = await options.access.readListAccess(credentials);
    response.json(
      await findCommit(requests.toContext(access), {
        settings: options.settings,
        query: q,
        now: requests.now(),
      }),
    );
  });
  return router;
}
