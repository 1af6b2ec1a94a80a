import { ANNOTATION_SERVICE } from '@ground-control/backstage-plugin-ground-control-common';
import { linksRouteRef, rootRouteRef } from '../routes';

/**
 * What the plugin's start and each part of it need. The mark of waiting
 * decisions, which does without it, names it too, so that bundlers make one
 * file of it and the client, which all of them load.
 */
export const start = [ANNOTATION_SERVICE, linksRouteRef, rootRouteRef];
