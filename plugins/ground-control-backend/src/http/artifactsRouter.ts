import { NotFoundError } from '@backstage/errors';
import { Request } from 'express';
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

/** What takes the upload of whoever may. */
async function permitUpload(options: RouterOptions, request: Request) {
  const credentials = await options.httpAuth.credentials(request, {
    allow: ['service'],
  });
  await options.access.checkUpload(credentials);
  if (!options.uploads) {
    throw new NotFoundError(
      'There is no artifact store that takes uploads. Configure groundControl.artifactStore, and groundControl.configRepository',
    );
  }
  return options.uploads;
}

/** PUT /v1/artifacts/… */
export function createArtifactsRouter(options: RouterOptions) {
  const router = Router();
  const inTurn = pLimit(UPLOADS_AT_ONCE);

  router.put(
    '/v1/artifacts/:service/:artifactId',
    async (request, response) => {
      const key = parse(artifactPath, request.params);
      const stop = new AbortController();
      response.on('close', () => stop.abort(new Error('The client has left')));
      const outcome = await audited(
        options.auditor,
        request,
        { id: 'artifact-upload', meta: key },
        async () => {
          // Who is refused is told of as well.
          const uploads = await permitUpload(options, request);
          return inTurn(async () =>
            uploads.accept(
              key,
              await readZipBody(request, uploads.maxBytes),
              stop.signal,
            ),
          );
        },
      );
      response
        .status(outcome === 'kept' ? 201 : 200)
        .json({ ...key, isNew: outcome === 'kept' });
    },
  );
  return router;
}
