import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import pLimit from 'p-limit';
import { z } from 'zod';
import { audited } from './audited';
import * as parameters from './parameters';
import { parse } from './parse';
import { readZipBody } from './readZipBody';
import { RouterOptions } from './types';

/** Each may hold a whole zip in memory, and what is in it; others wait. */
const UPLOADS_AT_ONCE = 3;

const artifactPath = z.object({
  service: parameters.name,
  artifactId: parameters.name,
});

/** PUT /v1/artifacts/… */
export function createArtifactsRouter(options: RouterOptions) {
  const router = Router();
  const inTurn = pLimit(UPLOADS_AT_ONCE);

  router.put(
    '/v1/artifacts/:service/:artifactId',
    async (request, response) => {
      const key = parse(artifactPath, request.params);
      const credentials = await options.httpAuth.credentials(request, {
        allow: ['service'],
      });
      await options.access.checkUpload(credentials);
      const { uploads } = options;
      if (!uploads) {
        throw new NotFoundError(
          'There is no artifact store that takes uploads. Configure groundControl.artifactStore, and groundControl.configRepository',
        );
      }
      const stop = new AbortController();
      response.on('close', () => stop.abort(new Error('The client has left')));
      const outcome = await audited(
        options.auditor,
        request,
        { id: 'artifact-upload', meta: key },
        () =>
          inTurn(async () =>
            uploads.accept(
              key,
              await readZipBody(request, uploads.maxBytes),
              stop.signal,
            ),
          ),
      );
      response
        .status(outcome === 'kept' ? 201 : 200)
        .json({ ...key, isNew: outcome === 'kept' });
    },
  );
  return router;
}
