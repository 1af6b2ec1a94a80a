import { z } from 'zod';
import { isClusterName, isDnsName, isLabel, isSquadName } from './names';

/** The longest name that a Service can have. */
const LONGEST_LABEL = 63;
const LAST_PORT = 65_535;

const label = z.string().refine(isLabel);
const squad = z.string().refine(isSquadName);

const targetFields = z
  .object({
    hostName: label,
    dnsName: z.string().refine(isDnsName),
    environment: label,
    squad,
  })
  .strict();

/** One of `targets`: a resource outside of the mesh. */
export const targetSchema = targetFields.superRefine(
  ({ hostName, environment }, context) => {
    // What Linkerd calls the mirrored Service.
    if (`${hostName}-${environment}`.length > LONGEST_LABEL) {
      context.addIssue({ code: 'custom', path: ['hostName'] });
    }
  },
);

/** What makes a target one. */
export const targetIdentity = targetFields
  .pick({ hostName: true, environment: true })
  .strip();

/** One of `ingress`: a service that becomes reachable from outside. */
export const ingressSchema = z
  .object({
    service: label,
    namespace: label,
    cluster: z.string().refine(isClusterName),
    squad,
    port: z.number().int().min(1).max(LAST_PORT),
  })
  .strict();

/** What makes an ingress one. */
export const ingressIdentity = ingressSchema
  .pick({ service: true, namespace: true, cluster: true })
  .strip();
