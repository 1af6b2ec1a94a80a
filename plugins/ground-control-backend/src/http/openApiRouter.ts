import { resolvePackagePath } from '@backstage/backend-plugin-api';
import Router from 'express-promise-router';
import { readFileSync } from 'fs';
import { parse } from 'yaml';

const PACKAGE = '@ground-control/backstage-plugin-ground-control-backend';

/** Reads the description of the HTTP API. */
export function readOpenApi(): Record<string, unknown> {
  const path = resolvePackagePath(PACKAGE, 'src/schema/openapi.yaml');
  return parse(readFileSync(path, 'utf8'));
}

/** GET /openapi.json */
export function createOpenApiRouter() {
  // Reading it takes a tenth of a second, which no start has to wait for.
  let openApi: Record<string, unknown> | undefined;
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    openApi ??= readOpenApi();
    response.json(openApi);
  });
  return router;
}
