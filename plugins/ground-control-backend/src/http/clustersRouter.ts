import Router from 'express-promise-router';
import { readCluster, readClusters } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { formatTagged, sendTagged } from './sendTagged';
import { RouterOptions } from './types';

/** GET /v1/clusters and /v1/clusters/… */
export function createClustersRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();

  router.get('/v1/clusters', async (request, response) => {
    const credentials = await requests.authenticate(request);
    const access = await options.access.readClusterAccess(credentials);
    const clusters = await readClusters(requests.toContext(access), {
      environments: options.settings.environments,
      now: requests.now(),
    });
    sendTagged(request, response, formatTagged(clusters));
  });

  router.get('/v1/clusters/:name', async (request, response) => {
    const { name } = parse(parameters.clusterPath, request.params);
    const credentials = await requests.authenticate(request);
    const access = await options.access.readClusterAccess(credentials);
    const cluster = await readCluster(requests.toContext(access), {
      environments: options.settings.environments,
      name,
      now: requests.now(),
    });
    sendTagged(request, response, formatTagged(cluster));
  });
  return router;
}
