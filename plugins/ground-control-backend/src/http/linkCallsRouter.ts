import Router from 'express-promise-router';
import { z } from 'zod';
import { readNoLinkedPairs } from '../latency/reading/types';
import { Shared } from '../lib/Shared';
import { readLinkCalls } from '../links/calls/readLinkCalls';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { formatTagged, sendTagged, TaggedAnswer } from './sendTagged';
import { RouterOptions } from './types';

const callsQuery = z.object({
  squad: parameters.squads.removeDefault().optional(),
  entity: parameters.entity,
  from: parameters.name.optional(),
  to: parameters.name.optional(),
});

/** GET /v1/link-calls */
export function createLinkCallsRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();
  // One change of a link makes every open page ask at the same moment.
  const answers = new Shared<TaggedAnswer>();
  router.get('/v1/link-calls', async (request, response) => {
    const query = parse(callsQuery, request.query);
    const { squad, entity, from, to } = query;
    const answer = await answers.join(JSON.stringify(query), async () => {
      const credentials = await requests.authenticate(request);
      const [access, mine] = await Promise.all([
        options.access.readClusterAccess(credentials),
        requests.readMine(credentials),
      ]);
      // Who asks of a Component asks of those who call it too.
      const wanted = squad ?? (entity === undefined ? 'mine' : 'all');
      const selection = {
        squads: requests.toSquads(wanted, mine),
        entityRef: entity,
        from,
        to,
      };
      const work = async () =>
        formatTagged(
          await readLinkCalls(
            {
              ...requests.toContext(access),
              now: requests.now(),
              readLinkedPairs: options.readLinkedPairs ?? readNoLinkedPairs,
            },
            selection,
          ),
        );
      // All that the answer depends on, so that nobody gets what another may see.
      return { key: JSON.stringify([access, selection]), work };
    });
    sendTagged(request, response, answer);
  });
  return router;
}
