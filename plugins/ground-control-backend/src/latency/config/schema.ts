import { z } from 'zod';

export const name = z
  .string()
  .regex(
    /^[A-Za-z0-9]([\w.-]{0,125}[A-Za-z0-9])?$/,
    'must be letters and digits, with - . and _ between them',
  );
const text = z.string().min(1, 'may not be empty');
const secret = text.refine(
  value => !/[\r\n]/.test(value.trim()),
  'may not contain a line end',
);
export const label = z
  .string()
  .regex(/^[a-zA-Z_]\w*$/, 'must be the name of a label');

const url = z.string().superRefine((value, context) => {
  const say = (message: string) =>
    context.addIssue({ code: 'custom', message });
  if (!URL.canParse(value)) {
    say('is not a URL; write one such as http://host:9090/metrics');
    return;
  }
  const { protocol, username, password, hash } = new URL(value);
  if (!/^https?:$/.test(protocol)) say('must begin with http:// or https://');
  if (username || password) {
    say('may not contain a user or password; use authorization');
  }
  if (hash) say('may not contain #');
});

const authorization = z
  .object({
    token: secret,
    tokenFile: text,
    username: secret,
    password: secret,
    passwordFile: text,
  })
  .partial()
  .strict()
  .refine(
    ({ token, tokenFile, username }) =>
      [token, tokenFile, username].filter(one => one !== undefined).length ===
      1,
    'needs one of token, tokenFile and username',
  )
  .refine(
    ({ password, passwordFile }) =>
      password === undefined || passwordFile === undefined,
    'has both password and passwordFile; leave one of them out',
  );

/** Lengths of time are read by themselves. */
export const common = {
  url,
  interval: z.unknown(),
  timeout: z.unknown(),
  authorization: authorization.optional(),
  caFile: text.optional(),
  skipTlsVerify: z.boolean().optional(),
};

const scrape = z
  .object({
    type: z.literal('scrape'),
    cluster: name,
    target: name.optional(),
    profile: z.enum(['probe', 'linkerd', 'blackbox']).default('probe'),
    ...common,
  })
  .strict();

export const query = text.max(4_000, 'may have 4,000 letters at most');

const prometheus = z
  .object({
    type: z.literal('prometheus'),
    name: name.default('default'),
    profile: z.enum(['probe', 'linkerd']).optional(),
    cluster: name.optional(),
    clusters: z.array(name).optional(),
    sourceLabel: label.optional(),
    selector: query.optional(),
    queries: z
      .object({
        buckets: query,
        ok: query.optional(),
        failed: query.optional(),
        lastSuccess: query.optional(),
        alive: query.optional(),
        interval: query.optional(),
      })
      .strict()
      .optional(),
    labels: z.object({ from: label, to: label }).strict().optional(),
    unit: z.enum(['s', 'ms']).default('s'),
    lossAtLeast: z.boolean().default(false),
    probe: text.max(100).default('probe'),
    ...common,
  })
  .strict();

export const sourcesSchema = z.array(
  z.discriminatedUnion('type', [scrape, prometheus]),
);

const level = z
  .object({
    times: z.number().gt(1, 'must be more than 1'),
    plusMs: z.number().min(0, 'may not be negative'),
    loss: z.number().gt(0).max(1, 'is a share from 0 to 1'),
  })
  .partial()
  .strict();
const levels = z.object({ elevated: level, high: level }).partial().strict();

export const thresholdsSchema = levels
  .extend({
    sameRegion: levels,
    sameProvider: levels,
    crossProvider: levels,
  })
  .partial()
  .strict();

export type ScrapeConfig = z.infer<typeof scrape>;
export type PrometheusConfig = z.infer<typeof prometheus>;
export type ThresholdsConfig = z.infer<typeof thresholdsSchema>;
