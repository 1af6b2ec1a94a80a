import {
  encodeLinkMatrix,
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
  LatencyPercentile,
  LatencyWindow,
} from '@ground-control/backstage-plugin-ground-control-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { KeptPairs } from '../latency/reading/KeptPairs';
import { readMatrix } from '../latency/reading/readMatrix';
import { readPair } from '../latency/reading/readPair';
import { readNoLinkedPairs } from '../latency/reading/types';
import { Shared } from '../lib/Shared';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { formatTagged, sendTagged, TaggedAnswer } from './sendTagged';
import { RouterOptions } from './types';

const oneOf = <T extends string>(values: readonly T[]) =>
  z.enum(values as [T, ...T[]], {
    errorMap: () => ({ message: `must be one of ${values.join(', ')}` }),
  });

const linkQuery = z.object({
  window: oneOf<LatencyWindow>(LATENCY_WINDOWS).default('5m'),
  percentile: oneOf<LatencyPercentile>(LATENCY_PERCENTILES).default('p95'),
});

const pairPath = z.object({ from: parameters.name, to: parameters.name });

/** GET /v1/links and /v1/links/… */
export function createLinksRouter(options: RouterOptions, requests: Requests) {
  const router = Router();
  const pairs = new KeptPairs();
  const toContext = () => ({
    pairs,
    knex: options.knex,
    now: requests.now(),
    readLinkedPairs: options.readLinkedPairs ?? readNoLinkedPairs,
  });

  // One reading makes every open page ask at the same moment, and whoever may
  // read clusters is answered the same.
  const matrices = new Shared<TaggedAnswer>();
  router.get('/v1/links', async (request, response) => {
    const query = parse(linkQuery, request.query);
    const key = JSON.stringify(query);
    const answer = await matrices.join(key, async () => {
      const credentials = await requests.authenticate(request);
      await options.access.readClusterAccess(credentials);
      const work = async () =>
        formatTagged(encodeLinkMatrix(await readMatrix(toContext(), query)));
      return { key, work };
    });
    sendTagged(request, response, answer);
  });

  router.get('/v1/links/:from/:to', async (request, response) => {
    const names = parse(pairPath, request.params);
    const query = parse(linkQuery, request.query);
    const credentials = await requests.authenticate(request);
    await options.access.readClusterAccess(credentials);
    const pair = await readPair(toContext(), names, query);
    sendTagged(request, response, formatTagged(pair));
  });
  return router;
}
