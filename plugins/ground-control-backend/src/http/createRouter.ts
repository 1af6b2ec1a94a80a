import { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { createAuditRouter } from './auditRouter';
import { createActivityRouter } from './activityRouter';
import { createArtifactsRouter } from './artifactsRouter';
import { createBoardRouter } from './boardRouter';
import { createClustersRouter } from './clustersRouter';
import { createCommitsRouter } from './commitsRouter';
import { createLinkCallsRouter } from './linkCallsRouter';
import { createLinkEntriesRouter } from './linkEntriesRouter';
import { createGatewayAccessRouter } from './gatewayAccessRouter';
import { createLinksRouter } from './linksRouter';
import { createOpenApiRouter } from './openApiRouter';
import { createPoliciesRouter } from './policiesRouter';
import { createRepositoryRouter } from './repositoryRouter';
import { Requests } from './Requests';
import { createRequestsRouter } from './requestsRouter';
import { createServicesRouter } from './servicesRouter';
import { RouterOptions } from './types';

/** The HTTP API; `schema/openapi.yaml` describes it. */
export function createRouter(options: RouterOptions): ExpressRouter {
  const router = Router();
  const requests = new Requests(options);
  router.use((_request, response, next) => {
    // What one reader may see is no other's, and it is asked for anew: the
    // answer to an unchanged board is short.
    response.set('Cache-Control', 'private, no-cache');
    next();
  });
  router.use(createBoardRouter(options, requests));
  router.use(createServicesRouter(options, requests));
  router.use(createActivityRouter(options, requests));
  router.use(createCommitsRouter(options, requests));
  router.use(createClustersRouter(options, requests));
  router.use(createLinksRouter(options, requests));
  router.use(createLinkCallsRouter(options, requests));
  router.use(createLinkEntriesRouter(options, requests));
  router.use(createRepositoryRouter(options, requests));
  router.use(createRequestsRouter(options, requests));
  router.use(createPoliciesRouter(options, requests));
  router.use(createGatewayAccessRouter(options, requests));
  router.use(createAuditRouter(options, requests));
  router.use(createArtifactsRouter(options));
  router.use(createOpenApiRouter());
  return router;
}
