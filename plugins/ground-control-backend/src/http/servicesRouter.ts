import Router from 'express-promise-router';
import { z } from 'zod';
import { readManifestDiff, readReleases, readService } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { RouterOptions } from './types';

const PATH = '/v1/services/:namespace/:service';

const releasesQuery = z.object({
  environment: parameters.environment,
  before: parameters.before,
  limit: parameters.limit,
});

const diffQuery = z.object({
  from: parameters.releaseId,
  to: parameters.releaseId,
});

/** GET /v1/services/… */
export function createServicesRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const { access, settings, releaseFiles } = options;
  const router = Router();

  router.get(PATH, async (request, response) => {
    const service = parse(parameters.servicePath, request.params);
    const credentials = await requests.authenticate(request);
    const context = requests.toContext(await access.readAccess(credentials));
    const now = requests.now();
    response.json(await readService(context, { settings, service, now }));
  });

  router.get(`${PATH}/releases`, async (request, response) => {
    const service = parse(parameters.servicePath, request.params);
    const query = parse(releasesQuery, request.query);
    const credentials = await requests.authenticate(request);
    const context = requests.toContext(await access.readAccess(credentials));
    response.json(
      await readReleases(context, {
        settings,
        service,
        ...query,
        now: requests.now(),
      }),
    );
  });

  router.get(`${PATH}/diff`, async (request, response) => {
    const service = parse(parameters.servicePath, request.params);
    const { from, to } = parse(diffQuery, request.query);
    const credentials = await requests.authenticate(request);
    const context = requests.toContext(await access.readAccess(credentials));
    response.json(
      await readManifestDiff(context, {
        settings,
        service,
        from,
        to,
        releaseFiles,
      }),
    );
  });
  return router;
}
