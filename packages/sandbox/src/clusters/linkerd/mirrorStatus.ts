import { withTransitions } from '../lib/conditions.ts';
import type { Condition } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';

/** Why a Service that a target exports isn't in the source. */
export const MIRROR_FAULT = 'Error';

interface MirrorEntry {
  controllerName: string;
  remoteRef: { group: string; kind: string; name: string; namespace?: string };
  conditions: Condition[];
}

function conditionOf(
  { metadata: { name, namespace } }: KubeObject,
  target: string,
  isBroken: boolean,
): Condition {
  const local = `${name}-${target}`;
  return isBroken
    ? {
        type: 'Mirrored',
        status: 'False',
        reason: MIRROR_FAULT,
        message: `services "${local}" is forbidden: exceeded quota: services, requested: services=1, used: services=60, limited: services=60`,
        localRef: null,
      }
    : {
        type: 'Mirrored',
        status: 'True',
        reason: 'Mirrored',
        message: '',
        localRef: { group: '', kind: 'Service', name: local, namespace },
      };
}

/** A Link's status: each Service that its target exports, mirrored or not. */
export function mirrorStatus(
  target: string,
  exported: readonly KubeObject[],
  isBroken: (service: KubeObject) => boolean,
  before: KubeObject | undefined,
  now: number,
): Record<string, unknown> {
  const known = (before?.status?.mirrorServices ?? []) as MirrorEntry[];
  return {
    mirrorServices: exported.map((service): MirrorEntry => {
      const { name, namespace } = service.metadata;
      const earlier = known.find(
        ({ remoteRef }) =>
          remoteRef.name === name && remoteRef.namespace === namespace,
      );
      return {
        controllerName: 'linkerd.io/service-mirror',
        remoteRef: { group: '', kind: 'Service', name, namespace },
        conditions: withTransitions(
          [conditionOf(service, target, isBroken(service))],
          earlier?.conditions,
          now,
        ),
      };
    }),
    federatedServices: [],
  };
}
