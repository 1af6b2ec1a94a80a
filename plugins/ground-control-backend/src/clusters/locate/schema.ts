import { z } from 'zod';
import { parseClusterUrl } from './parseClusterUrl';

/** In rows, URLs and on screens. */
const name = z
  .string()
  .regex(
    /^[A-Za-z0-9]([\w.-]{0,125}[A-Za-z0-9])?$/,
    'must be letters and digits, with - . and _ between them',
  );
const word = z
  .string()
  .min(1, 'may not be empty')
  .max(63, 'may have 63 letters at most');
const path = z.string().min(1, 'may not be empty');
const secret = z
  .string()
  .min(1, 'may not be empty')
  .refine(text => !/[\r\n]/.test(text.trim()), 'may not contain a line end');

export const urlSchema = z.string().transform((text, context) => {
  const parsed = parseClusterUrl(text);
  if ('url' in parsed) return parsed.url;
  context.addIssue({ code: 'custom', message: parsed.fault });
  return z.NEVER;
});

/** One of `groundControl.clusters`. */
export const clusterSchema = z
  .object({
    name,
    environment: word,
    provider: word,
    region: word,
    identity: z.string().min(1).max(253),
    url: urlSchema,
    caData: z.string(),
    caFile: path,
    skipTlsVerify: z.boolean(),
    token: secret,
    tokenFile: path,
    clientCertificate: z
      .object({ certificateFile: path, keyFile: path })
      .strict(),
    kubeconfig: z.object({ path, context: z.string() }).partial().strict(),
    inCluster: z.boolean(),
    // Of alerts, which are taken in elsewhere.
    alertSecret: z.string(),
  })
  .partial()
  .required({ name: true })
  .strict();

/** One of the clusters of Backstage's own config; it has more fields than we read. */
export const backstageClusterSchema = z.object({
  name,
  url: urlSchema,
  authProvider: z.string().optional(),
  serviceAccountToken: secret.optional(),
  caData: z.string().optional(),
  caFile: path.optional(),
  skipTLSVerify: z.boolean().optional(),
});

/** `kubernetes.clusterLocatorMethods`; other types are not for us. */
export const locatorMethodsSchema = z.array(
  z.object({ type: z.string(), clusters: z.array(z.unknown()).optional() }),
);

export type ClusterConfig = z.infer<typeof clusterSchema>;
export type BackstageClusterConfig = z.infer<typeof backstageClusterSchema>;
