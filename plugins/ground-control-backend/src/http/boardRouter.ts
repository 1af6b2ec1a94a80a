import { encodeBoard } from '@ground-control/backstage-plugin-ground-control-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { readBoard } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { sendTagged } from './sendTagged';
import { RouterOptions } from './types';

const boardQuery = z.object({
  squad: parameters.squads,
  entity: parameters.entity,
});

/** GET /v1/board */
export function createBoardRouter(options: RouterOptions, requests: Requests) {
  const router = Router();
  router.get('/v1/board', async (request, response) => {
    const query = parse(boardQuery, request.query);
    const credentials = await requests.authenticate(request);
    const now = requests.now();
    const access = options.access.readListAccess(credentials);
    const [granted, mine] = await Promise.all([
      access,
      requests.readMine(credentials),
    ]);
    const board = await readBoard(requests.toContext(granted), {
      settings: options.settings,
      selection: {
        squads: requests.toSquads(query.squad, mine),
        entityRef: query.entity,
      },
      repository: requests.readRepositoryStatus(now, access),
      mine,
      mayReadClusters: granted.clusters,
      now,
    });
    sendTagged(request, response, board, encodeBoard);
  });
  return router;
}
