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
  const openApi = readOpenApi();
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(openApi);
  });
  return router;
}
