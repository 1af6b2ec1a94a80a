import {
  ReleaseId,
  ServiceDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { CompareSide } from './compareState';

/** A side as a release: an environment alone stands for what is there now. */
export function resolveSide(
  side: CompareSide,
  detail: Pick<ServiceDetail, 'environments'>,
): ReleaseId | undefined {
  const { environment } = side;
  const position =
    side.position ??
    detail.environments.find(e => e.environment === environment)?.current
      ?.position;
  return position === undefined ? undefined : { environment, position };
}
