import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  auditReadPermission,
  AuditVerification,
} from '@ground-control/backstage-plugin-ground-control-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { exportAudit } from '../audit/exportAudit';
import { AuditFilter } from '../audit/queryAudit';
import { readAudit } from '../audit/readAudit';
import { verifyAudit } from '../audit/verifyAudit';
import { Shared } from '../lib/Shared';
import { ReadContext } from '../releases';
import { audited } from './audited';
import * as parameters from './parameters';
import { parse } from './parse';
import { Requests } from './Requests';
import { formatTagged, sendTagged } from './sendTagged';
import { RouterOptions } from './types';

const filterQuery = z.object({
  actor: parameters.actor,
  actions: parameters.actions,
  environments: parameters.environments,
  ...parameters.serviceQuery,
  request: parameters.requestId.optional(),
  from: parameters.moment,
  to: parameters.moment,
  before: parameters.sequence,
});

const auditQuery = filterQuery.extend({ limit: parameters.limit });
const exportQuery = filterQuery.extend({
  format: z.enum(['csv', 'json'], {
    errorMap: () => ({ message: 'must be csv or json' }),
  }),
});

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

function toFilter(query: z.output<typeof filterQuery>): AuditFilter {
  const { namespace, service, request, ...filter } = query;
  return {
    ...filter,
    service: parameters.toService({ namespace, service }),
    number: request,
  };
}

/** GET /v1/audit… */
export function createAuditRouter(options: RouterOptions, requests: Requests) {
  const router = Router();
  // It reads the whole trail, whoever asks.
  const verifications = new Shared<AuditVerification>();

  /** Who may read the trail sees all of it, others what is of their services. */
  async function readReader(
    credentials: BackstageCredentials,
  ): Promise<{ context: ReadContext; mayReadAll: boolean }> {
    const { audit, services } = await options.access.readRequestAccess(
      credentials,
    );
    if (!audit && services.kind === 'none') {
      throw new NotAllowedError(
        `You may not read the audit trail: the permission ${auditReadPermission.name} is missing`,
      );
    }
    const { knex, settings } = options;
    return {
      context: { knex, repository: settings.repository, services },
      mayReadAll: audit,
    };
  }

  router.get('/v1/audit', async (request, response) => {
    const { limit, ...query } = parse(auditQuery, request.query);
    const credentials = await requests.authenticate(request);
    const { context, mayReadAll } = await readReader(credentials);
    const page = await readAudit(context, {
      filter: toFilter(query),
      limit,
      mayReadAll,
      now: requests.now(),
      openObjects: options.openObjects,
    });
    sendTagged(request, response, formatTagged(page));
  });

  router.get('/v1/audit/export', async (request, response) => {
    const { format, ...query } = parse(exportQuery, request.query);
    const credentials = await requests.authenticate(request);
    const { context, mayReadAll } = await readReader(credentials);
    const now = requests.now();
    const { format: _, ...asked } = request.query as Record<string, string>;
    await audited(
      options.auditor,
      request,
      { id: 'audit-export', severity: 'low', meta: { format, ...asked } },
      async () => {
        response.set({
          'Content-Type': CONTENT_TYPES[format],
          'Content-Disposition': `attachment; filename="audit-${now
            .toISOString()
            .slice(0, 10)}.${format}"`,
        });
        const pieces = exportAudit(context, {
          format,
          filter: toFilter(query),
          asked,
          mayReadAll,
          now,
        });
        // A reader who is slow, or gone, holds up nobody else.
        await pipeline(Readable.from(pieces), response);
      },
    );
  });

  router.get('/v1/audit/verification', async (request, response) => {
    const credentials = await requests.authenticate(request);
    const { audit } = await options.access.readRequestAccess(credentials);
    if (!audit) {
      throw new NotAllowedError(
        `You may not verify the audit trail: the permission ${auditReadPermission.name} is missing`,
      );
    }
    response.json(
      await verifications.get('all', () =>
        verifyAudit(options.knex, {
          anchors: options.anchors,
          now: requests.now(),
        }),
      ),
    );
  });
  return router;
}
