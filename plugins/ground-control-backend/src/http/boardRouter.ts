import { encodeBoard } from '@ground-control/backstage-plugin-ground-control-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Shared } from '../lib/Shared';
import { readBoard, SquadMarks } from '../releases';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { addOwn, formatTagged, sendTagged, TaggedAnswer } from './sendTagged';
import { RouterOptions } from './types';

const boardQuery = z.object({
  squad: parameters.squads,
  entity: parameters.entity,
});

/** GET /v1/board */
export function createBoardRouter(options: RouterOptions, requests: Requests) {
  const router = Router();
  // One change in a cluster makes every open page ask at the same moment.
  const boards = new Shared<TaggedAnswer>();
  const marks = new SquadMarks(options);
  router.get('/v1/board', async (request, response) => {
    const query = parse(boardQuery, request.query);
    let mine: string[] = [];
    const answer = await boards.join(JSON.stringify(query), async () => {
      const credentials = await requests.authenticate(request);
      const [granted, squads] = await Promise.all([
        options.access.readListAccess(credentials),
        requests.readMine(credentials),
      ]);
      mine = squads;
      const selection = {
        squads: requests.toSquads(query.squad, mine),
        entityRef: query.entity,
      };
      // All that the answer depends on, so that nobody gets what another may see.
      const key = JSON.stringify([granted, selection]);
      const work = async () => {
        const now = requests.now();
        const board = await readBoard(requests.toContext(granted), {
          settings: options.settings,
          selection,
          repository: requests.readRepositoryStatus(
            now,
            Promise.resolve(granted),
          ),
          mayReadClusters: granted.clusters,
          marks,
          now,
        });
        return formatTagged(encodeBoard(board));
      };
      return { key, work };
    });
    sendTagged(request, response, addOwn(answer, { mine }));
  });
  return router;
}
