import Router from 'express-promise-router';
import { z } from 'zod';
import { readBoard } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { sendBoard } from './sendBoard';
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
    const [{ services, repository }, mine] = await Promise.all([
      access,
      requests.readMine(credentials),
    ]);
    const board = await readBoard(
      requests.toContext({ services, repository }),
      {
        settings: options.settings,
        selection: {
          squads: requests.toSquads(query.squad, mine),
          entityRef: query.entity,
        },
        repository: requests.readRepositoryStatus(now, access),
        mine,
        now,
      },
    );
    sendBoard(request, response, board);
  });
  return router;
}
