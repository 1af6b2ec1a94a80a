import Router from 'express-promise-router';
import { z } from 'zod';
import { readNoLinkedPairs } from '../latency/reading/types';
import { Shared } from '../lib/Shared';
import { readGatewayEntries } from '../links/entries';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { formatTagged, sendTagged, TaggedAnswer } from './sendTagged';
import { showRepositoryStatus } from './showRepositoryStatus';
import { RouterOptions } from './types';

const entriesQuery = z.object({
  squad: parameters.squads.removeDefault().optional(),
  entity: parameters.entity,
  from: parameters.name.optional(),
  to: parameters.name.optional(),
});

/** GET /v1/gateway-entries */
export function createLinkEntriesRouter(
  options: RouterOptions,
  requests: Requests,
) {
  const router = Router();
  // One change in a cluster makes every open page ask at the same moment.
  const answers = new Shared<TaggedAnswer>();
  router.get('/v1/gateway-entries', async (request, response) => {
    const query = parse(entriesQuery, request.query);
    const answer = await answers.join(JSON.stringify(query), async () => {
      const credentials = await requests.authenticate(request);
      const [granted, mine] = await Promise.all([
        options.access.readClusterAccess(credentials),
        requests.readMine(credentials),
      ]);
      // A Component's entries are few, and its own squad's.
      const squad =
        query.squad ?? (query.entity === undefined ? 'mine' : 'all');
      const selection = {
        squads: requests.toSquads(squad, mine),
        entityRef: query.entity,
        from: query.from,
        to: query.to,
      };
      const work = async () => {
        const now = requests.now();
        const [entries, repository] = await Promise.all([
          readGatewayEntries(
            {
              ...requests.toContext(granted),
              now,
              readLinkedPairs: options.readLinkedPairs ?? readNoLinkedPairs,
            },
            selection,
          ),
          options.readEntriesRepository?.(now),
        ]);
        const { platformEngineers } = options;
        if (!repository) return formatTagged({ ...entries, platformEngineers });
        const status = showRepositoryStatus(repository.status, granted);
        return formatTagged({
          ...entries,
          platformEngineers,
          repository: { ...repository, status },
        });
      };
      // All that the answer depends on, so that nobody gets what another may see.
      return { key: JSON.stringify([granted, selection]), work };
    });
    sendTagged(request, response, answer);
  });
  return router;
}
